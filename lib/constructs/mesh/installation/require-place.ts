import type { Construct } from 'constructs';
import { MeshError } from '../../../support/mesh-error';

const ENDING =
  /^(oci:\/\/|https:\/\/)?(gcr\.io\/istio-(release|testing)|registry\.istio\.io|(istio-release\.)?storage\.googleapis\.com)(\/|$)/;

/** Where images or charts come from, unless that place ends. */
export function requirePlace(at: Construct, option: 'hub' | 'chartRepository', place: string): string {
  const trimmed = place.replace(/\/+$/, '');
  if (trimmed !== '' && !ENDING.test(trimmed)) return trimmed;
  throw new MeshError({
    code: 'MESH921',
    at,
    what: `${option} is a place that serves Istio after December 2026`,
    got: place === '' ? 'nothing' : place,
    fix: 'leave it out, which takes images from docker.io/istio and charts from https://blob.istio.io/istio-release/charts, or name a registry of your own',
  });
}

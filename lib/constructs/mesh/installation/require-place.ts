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

/** What begins no address: Helm would look for the charts in a repository or a folder of that name. */
const ADDRESS = /^(https?|oci):\/\/[\w.:@[\]-]+(\/[\w.~%+@:-]*)*$/;

/** Where charts come from, as Helm, Argo CD and Flux all take it. */
export function requireChartRepository(at: Construct, place: string): string {
  const address = requirePlace(at, 'chartRepository', place);
  if (ADDRESS.test(address)) return address;
  throw new MeshError({
    code: 'MESH961',
    at,
    what: 'chartRepository is an address with its scheme, https:// or oci://',
    got: address,
    fix: "write it as in 'https://charts.example.com/istio', or 'oci://registry.example.com/istio' for a registry",
  });
}

/** A place for images, as a pod names them: an address with a scheme makes a name that nobody can pull. */
export function requireHub(at: Construct, place: string): string {
  const hub = requirePlace(at, 'hub', place);
  if (!hub.includes('://')) return hub;
  throw new MeshError({
    code: 'MESH965',
    at,
    what: 'hub is the beginning of the names of images, which have no scheme',
    got: hub,
    fix: `write it without, as in '${hub.slice(hub.indexOf('://') + 3)}'`,
  });
}

/** Where Flux finds manifests. */
export function requireRepository(at: Construct, address: string): string {
  if (/^(https?|ssh):\/\/./.test(address)) return address;
  throw new MeshError({
    code: 'MESH964',
    at,
    what: 'Flux knows a repository by an address with its scheme',
    got: address === '' ? 'nothing' : address,
    fix: "write it as in 'https://git.example.com/acme/mesh.git', or 'ssh://git@git.example.com/acme/mesh.git'",
  });
}

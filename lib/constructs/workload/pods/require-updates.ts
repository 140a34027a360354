import type { IConstruct } from 'constructs';
import type { UpdateFacts } from '../../../model/workload-spec';
import { MeshError } from '../../../support/mesh-error';

type Place = IConstruct | string;
type Kind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

/** How a kind exchanges its pods, as the API server takes it of that kind. */
export function requireUpdates(at: Place, kind: Kind, updates: UpdateFacts | undefined, partition?: number): UpdateFacts | undefined {
  if (!updates) return undefined;
  const { way, maxSurge, maxUnavailable } = updates;
  if (way === (kind === 'Deployment' ? 'OnDelete' : 'Recreate')) refuse(at, kind, kind === 'Deployment' ? 'onDelete' : 'recreate');
  if (kind === 'StatefulSet') {
    if (way === 'OnDelete' && partition !== undefined) refuse(at, kind, 'onDelete beside a partition');
    if (maxSurge !== undefined || maxUnavailable !== undefined) refuse(at, kind, 'maxSurge or maxUnavailable');
  }
  if (kind !== 'DaemonSet' || !maxSurge) return updates;
  if (maxUnavailable) refuse(at, kind, 'both maxSurge and maxUnavailable');
  return { ...updates, maxUnavailable: 0 };
}

const WAYS: Readonly<Record<Kind, string>> = {
  Deployment: 'UpdateStrategy.rolling or UpdateStrategy.recreate',
  StatefulSet: 'UpdateStrategy.rolling(), which goes pod by pod down to partition, or UpdateStrategy.onDelete without a partition',
  DaemonSet: 'UpdateStrategy.rolling with one of its numbers, or UpdateStrategy.onDelete',
};

function refuse(at: Place, kind: Kind, got: string): never {
  throw new MeshError({
    code: 'MESH778',
    at,
    what: `a ${kind} exchanges its pods in the ways that Kubernetes has for it`,
    got,
    fix: `use ${WAYS[kind]}`,
  });
}

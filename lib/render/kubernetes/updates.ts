import type { UpdateFacts } from '../../model/workload-spec';

type Fields = Record<string, unknown>;

/** How new pods take the place of old ones, in the words of a Deployment or of the other kinds; nothing where the kind's own default does. */
export function renderUpdates(manifest: Fields, updates: UpdateFacts | undefined, partition?: number): Fields {
  if (!updates && partition === undefined) return manifest;
  const { way, maxSurge, maxUnavailable } = updates ?? ({ way: 'RollingUpdate' } as UpdateFacts);
  const numbers = Object.entries({ maxSurge, maxUnavailable, partition }).filter(([, value]) => value !== undefined);
  const strategy = { type: way, ...(numbers.length > 0 ? { rollingUpdate: Object.fromEntries(numbers) } : {}) };
  const key = manifest.kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  return { ...manifest, spec: { ...(manifest.spec as Fields), [key]: strategy } };
}

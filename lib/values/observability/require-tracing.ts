import type { IConstruct } from 'constructs';
import type { TracingFacts } from '../../model/observability/telemetry';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import type { TracingOptions } from './tracing-options';

const SHARE = 1;

/** What is traced; a share of 1 % where a provider is named and nothing else is said. */
export function requireTracing(at: IConstruct, tracing: TracingOptions): TracingFacts {
  const { provider, samplingPercentage, customTags, ...as } = tracing;
  const share = samplingPercentage ?? (provider === undefined ? undefined : SHARE);
  if (share !== undefined && !isDeferred(share) && !(share >= 0 && share <= 100)) {
    throw new MeshError({ code: 'MESH029', at, what: 'samplingPercentage is from 0 to 100', got: share, fix: 'give it in percent' });
  }
  if (provider?.trim() === '') throw unnamed(at, provider);
  const tags = customTags && Object.fromEntries(Object.entries(customTags).map(([name, tag]) => [name, tag._facts]));
  return { ...as, provider, samplingPercentage: share, tags };
}

/** The same for whoever has no level above. */
export function requireProvider(at: IConstruct, tracing: TracingOptions): TracingFacts {
  if (tracing.provider === undefined && !tracing.disabled) throw unnamed(at, 'no provider');
  return requireTracing(at, tracing);
}

function unnamed(at: IConstruct, got: string): MeshError {
  return new MeshError({
    code: 'MESH063',
    at,
    what: 'tracing names a provider',
    got,
    fix: 'take a name from extensionProviders of the mesh configuration',
  });
}

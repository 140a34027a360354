import type { Construct } from 'constructs';
import type { ProviderFacts } from '../../model/observability/provider';
import { MeshError } from '../../support/mesh-error';
import type { TelemetryProvider } from '../../values/observability/telemetry-provider';

/** Providers of the mesh, each name once. */
export function requireProviders(at: Construct, providers: readonly TelemetryProvider[] | undefined): ProviderFacts[] | undefined {
  const facts = providers?.map((provider) => provider._facts);
  const again = facts?.find(({ name }, index) => facts.findIndex((one) => one.name === name) !== index);
  if (again === undefined) return facts;
  throw new MeshError({
    code: 'MESH839',
    at,
    what: 'each provider of the mesh has a name of its own',
    got: `${again.name} twice`,
    fix: 'give one of them another name',
  });
}

import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PartyFacts } from '../../../model/party';
import type { RouteStatement } from '../../../model/route';
import { GATEWAY_PLUGIN } from '../../../render/controllers/rollout';
import { MeshError } from '../../../support/mesh-error';
import { rolledOut } from './make-controller';

interface Named {
  readonly name?: string;
}

interface Canary {
  readonly stableService?: string;
  readonly canaryService?: string;
  readonly trafficRouting?: {
    readonly istio?: {
      readonly virtualService?: Named;
      readonly virtualServices?: readonly Named[];
      readonly destinationRule?: Named & { readonly stableSubsetName?: string; readonly canarySubsetName?: string };
    };
    readonly plugins?: Readonly<Record<string, { readonly httpRoute?: string; readonly httpRoutes?: readonly Named[] }>>;
  };
}

/** What a Rollout that was made elsewhere says of the routes of its service: their versions are called as it calls them. */
export function rolledRoutesOf(at: Construct, object: ApiObject, party: PartyFacts): Partial<RouteStatement> {
  if (object.kind !== 'Rollout') return {};
  const { spec = {} } = object.toJson() as { readonly spec?: { readonly strategy?: { readonly canary?: Canary } } };
  const canary = spec.strategy?.canary ?? {};
  const { istio, plugins = {} } = canary.trafficRouting ?? {};
  if (istio) return { ...rolledOut(subsetsOf(at, object, party, istio)), routing: 'istio' };
  const plugin = plugins[GATEWAY_PLUGIN];
  if (!plugin) return {};
  requireNames(at, object, 'HTTPRoute', [plugin.httpRoute, ...(plugin.httpRoutes ?? []).map(({ name }) => name)], routeNamesOf(party));
  return { ...rolledOut(servicesOf(at, object, party, canary)), routing: 'gateway-api' };
}

type Istio = NonNullable<NonNullable<Canary['trafficRouting']>['istio']>;

function subsetsOf(at: Construct, object: ApiObject, { name }: PartyFacts, istio: Istio): readonly [string, string] {
  const { virtualService, virtualServices = [], destinationRule = {} } = istio;
  requireNames(at, object, 'VirtualService', [virtualService?.name, ...virtualServices.map((one) => one.name)], [name]);
  requireNames(at, object, 'DestinationRule', [destinationRule.name], [name]);
  const { stableSubsetName, canarySubsetName } = destinationRule;
  if (stableSubsetName && canarySubsetName) return [stableSubsetName, canarySubsetName];
  return refuse(
    at,
    object,
    'names a subset for each of its versions',
    'a destinationRule without both',
    'set stableSubsetName and canarySubsetName',
  );
}

function servicesOf(at: Construct, object: ApiObject, { name }: PartyFacts, canary: Canary): readonly [string, string] {
  const [stable, tried] = [canary.stableService, canary.canaryService].map((service) =>
    service?.startsWith(`${name}-`) ? service.slice(name.length + 1) : undefined,
  );
  if (stable && tried) return [stable, tried];
  const got = `stableService: ${canary.stableService}, canaryService: ${canary.canaryService}`;
  return refuse(
    at,
    object,
    `names the Services ${name}-… of its versions`,
    got,
    `set stableService: ${name}-stable and canaryService: ${name}-canary`,
  );
}

function routeNamesOf({ name, ports }: PartyFacts): string[] {
  const http = ports.filter((port) => port.readsHttp);
  return http.length > 1 ? http.map((port) => `${name}-${port.name}`) : [name];
}

function requireNames(
  at: Construct,
  object: ApiObject,
  kind: string,
  names: ReadonlyArray<string | undefined>,
  ours: readonly string[],
): void {
  const said = names.filter((name) => name !== undefined);
  if (said.length > 0 && said.every((name) => ours.includes(name))) return;
  refuse(
    at,
    object,
    `moves weights in the ${kind} ${ours.join(', ')}, which the service makes`,
    said.join(', ') || 'none',
    `name ${ours.join(', ')}`,
  );
}

function refuse(at: Construct, object: ApiObject, what: string, got: string, fix: string): never {
  throw new MeshError({ code: 'MESH755', at, what: `Rollout ${object.name} ${what}`, got, fix: `${fix} in its spec.strategy.canary` });
}

import * as security from '../../../imports/security.istio.io';
import type { ClientsFacts, GatewayCheckStatement } from '../../model/edge/gateway-check';
import type { HttpPart } from '../../model/http-part';
import type { PathNormalizationName } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { canonical } from '../../support/ordering';
import { attachedTo } from './gateway-access';
import { refusedPaths } from './refused-paths';

const ALL_REQUESTS: HttpPart = { methods: [], paths: [] };
const { CUSTOM, AUDIT, DENY } = security.AuthorizationPolicySpecAction;
const ACTIONS = { CUSTOM, AUDIT, DENY };

/** Where requests are met: the ports on which a gateway reads them, and how paths come. */
export interface CheckPlace {
  readonly ports: readonly number[];
  readonly normalization: PathNormalizationName;
}

/** One policy from all checks of one gateway that do the same. */
export function renderGatewayChecks(checks: readonly GatewayCheckStatement[], place: CheckPlace): security.AuthorizationPolicySpec {
  const { gateway, action, provider } = checks[0];
  return {
    ...attachedTo(gateway),
    action: ACTIONS[action],
    provider: provider === undefined ? undefined : { name: provider },
    rules: canonical(oneListEach(checks).map((listed) => renderRule(listed, place))),
  };
}

/** All clients who may come for the same requests are one list: of two, only who is on both would be let in. */
function oneListEach(checks: readonly GatewayCheckStatement[]): Listed[] {
  const listOf = ({ clients, hosts, http }: GatewayCheckStatement): string =>
    JSON.stringify([clients?.others, clients?.others ? '' : clients?.field, hosts, http]);
  return [...groupedBy(checks, listOf).values()].flatMap((same) => {
    const clients = same.flatMap((one) => one.clients ?? []);
    return clients.length > 0 ? [{ check: same[0], clients }] : same.map((check) => ({ check, clients }));
  });
}

/** One rule, and all lists of clients that it compares. */
interface Listed {
  readonly check: GatewayCheckStatement;
  readonly clients: readonly ClientsFacts[];
}

function renderRule({ check, clients }: Listed, place: CheckPlace): security.AuthorizationPolicySpecRules {
  // Clients are refused whatever they speak, where no request is meant in particular.
  const isOfAll = clients.length > 0 && check.hosts.length === 0 && !check.http;
  return {
    from: clients.length > 0 ? [{ source: sourceOf(clients) }] : undefined,
    to: isOfAll ? undefined : renderOperations(check, place),
  };
}

/** Whoever is on none of the lists, where those who may come are listed. */
function sourceOf(clients: readonly ClientsFacts[]): security.AuthorizationPolicySpecRulesFromSource {
  const blocksOf = (wanted: ClientsFacts['field'], others: boolean): string[] | undefined => {
    const meant = clients.filter((one) => one.field === wanted && one.others === others);
    return meant.length > 0 ? [...new Set(meant.flatMap(({ blocks }) => blocks))].sort() : undefined;
  };
  return {
    ipBlocks: blocksOf('ipBlocks', false),
    notIpBlocks: blocksOf('ipBlocks', true),
    remoteIpBlocks: blocksOf('remoteIpBlocks', false),
    notRemoteIpBlocks: blocksOf('remoteIpBlocks', true),
  };
}

// Without ports it would be about connections of other listeners as well, of which nobody reads a host.
function renderOperations(
  { hosts, http = [ALL_REQUESTS] }: GatewayCheckStatement,
  { ports, normalization }: CheckPlace,
): security.AuthorizationPolicySpecRulesTo[] {
  return canonical(
    http.map(({ methods, paths }) => ({
      operation: {
        // Clients may name the port behind a host, and reach the same.
        hosts: hosts.length > 0 ? canonical(hosts.flatMap((host) => [host, `${host}:*`])) : undefined,
        methods: methods.length > 0 ? [...methods] : undefined,
        paths: paths.length > 0 ? refusedPaths(paths, normalization) : undefined,
        ports: ports.map(String),
      },
    })),
  );
}

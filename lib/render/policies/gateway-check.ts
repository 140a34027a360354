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

/** One rule, and all lists of clients that it compares. */
interface Listed {
  readonly check: GatewayCheckStatement;
  readonly clients: readonly ClientsFacts[];
}

/** All clients who may come for the same requests are one list: of two, only who is on both would be let in. */
function oneListEach(checks: readonly GatewayCheckStatement[]): Listed[] {
  const others = checks.filter(({ clients }) => !clients?.others);
  const pieces = checks.filter(({ clients }) => clients?.others).flatMap(piecesOf);
  const listed = [...groupedBy(pieces, ({ hosts, http }) => JSON.stringify([hosts, http])).values()].map((same): Listed => ({
    check: same[0],
    clients: same.flatMap(({ clients }) => clients ?? []),
  }));
  return [...others.map((check) => ({ check, clients: check.clients ? [check.clients] : [] })), ...rejoined(listed)];
}

/** One for each host and each kind of requests. */
function piecesOf(check: GatewayCheckStatement): GatewayCheckStatement[] {
  const hosts = check.hosts.length > 0 ? check.hosts.map((host) => [host]) : [[]];
  return hosts.flatMap((host) => (check.http ?? [undefined]).map((part) => ({ ...check, hosts: host, http: part && [part] })));
}

/** What has the same clients is one rule again. */
function rejoined(listed: readonly Listed[]): Listed[] {
  const whose = ({ clients }: Listed): unknown => clients.map(({ field, blocks }) => [field, blocks]);
  const byHosts = [...groupedBy(listed, (one) => JSON.stringify([whose(one), one.check.http])).values()];
  const joined = byHosts.map(([first, ...more]): Listed => ({ ...first, check: withHosts([first, ...more]) }));
  const byHttp = [...groupedBy(joined, (one) => JSON.stringify([whose(one), one.check.hosts])).values()];
  return byHttp.map(([first, ...more]): Listed => ({ ...first, check: withHttp([first, ...more]) }));
}

/** One that is about all hosts is about each. */
function withHosts(same: readonly Listed[]): GatewayCheckStatement {
  const hosts = same.map(({ check }) => check.hosts);
  return { ...same[0].check, hosts: hosts.some((some) => some.length === 0) ? [] : [...new Set(hosts.flat())].sort() };
}

function withHttp(same: readonly Listed[]): GatewayCheckStatement {
  const http = same.map(({ check }) => check.http);
  return { ...same[0].check, http: http.includes(undefined) ? undefined : http.flatMap((parts) => parts ?? []) };
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

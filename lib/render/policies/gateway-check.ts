import * as security from '../../../imports/security.istio.io';
import type { GatewayCheckStatement } from '../../model/edge/gateway-check';
import type { HttpPart } from '../../model/http-part';
import type { PathNormalizationName } from '../../model/mesh-model';
import { canonical } from '../../support/ordering';
import { attachedTo } from './gateway-access';
import { refusedPaths } from './refused-paths';

const ALL_REQUESTS: HttpPart = { methods: [], paths: [] };
const { CUSTOM, AUDIT } = security.AuthorizationPolicySpecAction;
const ACTIONS = { CUSTOM, AUDIT };

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
    rules: canonical(checks.map((check) => ({ to: renderOperations(check, place) }))),
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

import type { IConstruct } from 'constructs';
import type { PartyFacts } from '../../model/party';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import type { MeshGraph } from '../mesh-graph';
import type { ExternalAuthorizer } from './external-authorizer';

/** What was said before about the same proxies: perhaps a question to somebody, who may have others beside. */
interface Before {
  readonly provider?: string;
  readonly asksBeside?: boolean;
}

/** The proxies of a service ask one authorizer, unless one of several says that it may have others beside. */
export function requireOneAtService(at: IConstruct, graph: MeshGraph, service: PartyFacts, authorizer: ExternalAuthorizer): void {
  requireOne(at, 'MESH842', 'a service', { before: graph.callsTo(service.key), authorizer });
}

/** The same of the pods of a gateway. */
export function requireOneAtGateway(at: IConstruct, graph: MeshGraph, gateway: PartyFacts, authorizer: ExternalAuthorizer): void {
  const before = graph.gatewayChecks.filter((check) => haveSamePods(check.gateway, gateway));
  requireOne(at, 'MESH846', 'a gateway', { before, authorizer });
}

interface Question {
  readonly before: readonly Before[];
  readonly authorizer: ExternalAuthorizer;
}

// istiod answers a second one with refusals, unless a flag is on that is off by default.
function requireOne(at: IConstruct, code: Code, who: string, { before, authorizer }: Question): void {
  const { provider, _besideOthers } = authorizer;
  if (_besideOthers) return;
  const other = before.find((one) => one.provider !== undefined && !one.asksBeside && one.provider !== provider);
  if (!other) return;
  throw new MeshError({
    code,
    at,
    what: `${who} asks one authorizer: of two istiod makes refusals, unless PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS is set`,
    got: `${other.provider} and ${provider}`,
    fix: 'have one of them decide about both kinds of requests, or put them behind one provider; where that flag is set, say besideOthers of one',
  });
}

/** Gateways of Istio's own API may configure the same pods, which have all their policies. */
function haveSamePods(one: PartyFacts, other: PartyFacts): boolean {
  const podsOf = ({ namespaceName, podLabels }: PartyFacts): string => JSON.stringify([namespaceName, podLabels]);
  return one.key === other.key || (Boolean(one.isIstioGateway && other.isIstioGateway) && podsOf(one) === podsOf(other));
}

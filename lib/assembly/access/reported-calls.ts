import type { ConditionFacts } from '../../model/access/condition-facts';
import type { Declared } from '../../model/declared';
import type { Hop } from '../../model/hop';
import type { HttpPart } from '../../model/http-part';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import type { UserPart } from '../../model/users/end-user';
import { isWaypoint } from '../../planes/peers';
import { planeOf } from '../../planes/plane-of';
import { partyText } from '../../rules/call-words';
import { clusterOf } from '../../rules/cluster-of';
import { canonical } from '../../support/ordering';
import { decidingObjects } from './deciding-objects';
import type { MeshCall } from './reported-access';

/** Every call that the program allows or refuses, sorted; the order in which it says them does not show. */
export function reportedCalls(model: MeshModel): MeshCall[] {
  const cluster = clusterOf(model);
  return canonical(model.calls.map((call) => reported(call, decidingObjects(cluster, call))));
}

/** Where something is declared, as reports say it. */
export function declaredAs({ path, site }: Declared): Pick<MeshCall, 'declaredIn' | 'declaredAt'> {
  return { declaredIn: path, declaredAt: site?.line };
}

/** A party with the host by which it is called, where that lies outside the cluster. */
export function reportedParty(party: Party): string {
  return party.kind === 'external' || party.kind === 'unmeshed' ? `${partyText(party)} (${party.host})` : partyText(party);
}

function reported(call: CallModel, objects: string[]): MeshCall {
  const { caller, callee, action, ports, http = [], user, conditions, excepted = [], reason, until } = call;
  const but = excepted.length > 0 ? `, but not ${excepted.map(({ name }) => name).join(', ')}` : '';
  return {
    callee: reportedParty(callee),
    caller: `${reportedParty(caller)}${but}`,
    action,
    ports: ports.map(({ number, name }) => `${number} (${name})`),
    requests: http.flatMap(requestTexts).sort(),
    user: user && userText(user),
    conditions: conditions?.map(conditionText).sort(),
    enforcedBy: [...new Set(call.hops.flatMap((hop) => enforcerText(call, hop) ?? []))],
    objects,
    reason,
    until,
    ...declaredAs(call),
  };
}

/** Requests of one kind, as reports say them. */
export function requestTexts({ methods, paths, notPaths = [], hosts = [] }: HttpPart): string[] {
  if (methods.length + paths.length + notPaths.length + hosts.length === 0) return [];
  const host = hosts.length > 0 ? ` of ${hosts.join(' or ')}` : '';
  const excepted = notPaths.length > 0 ? `, but not ${notPaths.join(', ')}` : '';
  const method = methods.length > 0 ? methods.join(' or ') : 'any method';
  return (paths.length > 0 ? paths : ['any path']).map((path) => `${method} ${path}${host}${excepted}`);
}

function conditionText(condition: ConditionFacts): string {
  if (condition.in === 'addresses') return `from ${condition.blocks.join(' or ')}`;
  return `with the header ${condition.name}: ${condition.values.join(' or ')}`;
}

/** Whose token is asked for, as reports say it. */
export function userText({ issuer, claims, isOptional }: UserPart): string {
  const audiences = issuer.audiences.length > 0 ? [`for ${issuer.audiences.join(' or ')}`] : [];
  const left = isOptional ? ['or none'] : [];
  return [issuer.issuer, ...audiences, ...Object.entries(claims).map(([name, values]) => `${name}: ${values.join(' or ')}`), ...left].join(
    ', ',
  );
}

/** The proxy that decides on a connection: that of the callee's pods, or one before them. */
function enforcerText({ callee }: CallModel, { to, enforcement }: Hop): string | undefined {
  // Of two that stand in one place both check what is attached once.
  if (!enforcement) return to.key !== undefined && isWaypoint(to.key) ? to.key.replace(':', ' ') : undefined;
  if (to.key === undefined || to.key === callee.key) {
    return `${planeOf(callee.namespace).podsHoldProxies ? 'sidecar' : 'ztunnel'} of ${partyText(callee)}`;
  }
  return to.key.replace(':', ' ');
}

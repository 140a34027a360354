import { CORE, EXTENSIONS, SECURITY } from '../../istio/api-groups';
import type { CallModel, MeshModel, ServiceModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupKindOf } from '../../cluster/objects/manifest-object';
import type { Attached } from '../../cluster/policies/attachments';
import { authorizationIndex, type Clause, readPolicy } from '../../cluster/policies/authorization-policies';
import { selectingObjects } from '../../cluster/policies/selecting-objects';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { perModel } from '../per-model';
import { type Report, rule } from '../rule';
import { CLOSE, fixFor, isPastWaypoint, NOTHING_CLOSED } from '../ways-past';

const GUARDS = [
  `${SECURITY}/AuthorizationPolicy`,
  `${SECURITY}/RequestAuthentication`,
  `${EXTENSIONS}/TrafficExtension`,
  `${EXTENSIONS}/WasmPlugin`,
];
const TARGETS = ['spec targetRefs name', 'spec targetRef name'];

export const passedBy = rule({
  code: 'MESH219',
  level: 'error',
  title: 'policy of a waypoint that callers bypass',
  compares: [{ kinds: GUARDS, fields: [...TARGETS, 'spec action', 'spec rules from source'], made: false }],

  check(model, report) {
    const guards = selectingObjects(clusterOf(model)).filter((one) => isRaw(one) && isGuard(one));
    for (const guard of guards) for (const service of guardedBy(model, guard)) checkService(model, guard, service, report);
  },
});

function checkService(model: MeshModel, guard: Attached, service: ServiceModel, report: Report): void {
  const past = (grants(model).get(service.key) ?? []).filter((call) => concerns(guard, call)).map(({ caller }) => caller);
  if (past.length === 0 && !(isAuthorization(guard) && hasOpenPods(model, service))) return;
  report({
    on: guard.object,
    message: `requests to ${partyText(service)} can bypass its waypoint, and ${guard.title} with it`,
    got: past.length > 0 ? `${[...new Set(past.map(partyText))].sort().join(', ')} may connect to the pods` : NOTHING_CLOSED,
    fix: past.length > 0 ? fixFor(past) : CLOSE,
  });
}

function guardedBy(model: MeshModel, guard: Attached): ReadonlySet<ServiceModel> {
  return new Set(guard.targets.flatMap((target) => behindWaypoint(model).get(keyOf(guard, target)) ?? []));
}

function isGuard({ object }: Attached): boolean {
  return GUARDS.includes(groupKindOf(object));
}

function isAuthorization({ object }: Attached): boolean {
  return object.kind === 'AuthorizationPolicy';
}

function keyOf({ namespaceName }: Attached, { group, kind, name }: Attached['targets'][number]): string {
  return group === CORE && kind === 'Service' ? `${namespaceName}/${name}` : '';
}

/** Our services behind a waypoint, by each of their Services. */
const behindWaypoint = perModel((model): ReadonlyMap<string, ServiceModel> => {
  const guarded = model.services.filter(({ namespace }) => namespace.waypoint);
  const names = guarded.flatMap((service) => (service.serviceNames ?? [service.name]).map((name) => [name, service] as const));
  return new Map(names.map(([name, service]) => [`${service.namespaceName}/${name}`, service]));
});

const grants = perModel((model) => groupedBy(model.calls.filter(isDirectGrant), ({ callee }) => callee.key));

function isDirectGrant(call: MeshModel['calls'][number]): boolean {
  return call.action === 'ALLOW' && isPastWaypoint(call);
}

/** Any grant by labels closes the pods to everybody else. */
function hasOpenPods(model: MeshModel, { namespaceName, podLabels = {} }: ServiceModel): boolean {
  const atPods = authorizationIndex(clusterOf(model)).onPods([namespaceName, model.rootNamespace ?? namespaceName], podLabels);
  return !atPods.some(({ action }) => action === 'ALLOW');
}

/**
 * Whether a policy may be about a call: by the names and ports in it, or since it names none. What it is to the others, tokens and plugins, who connects
 * to pods has done without in as many words.
 */
function concerns(guard: Attached, { caller, ports, toPods }: CallModel): boolean {
  if (!isAuthorization(guard)) return !toPods;
  const isFrom = (source: Clause): boolean => caller.principal === undefined || isMeant(source, caller);
  const isTo = (operation: Clause): boolean => !operation.ports || ports.some(({ number }) => operation.ports.includes(String(number)));
  return readPolicy(guard.object).rules.some(({ from, to }) => anyOf(from, isFrom) && anyOf(to, isTo));
}

/** A list that says nothing means everything. */
function anyOf(clauses: readonly Clause[], isMet: (clause: Clause) => boolean): boolean {
  return clauses.length === 0 || clauses.some(isMet);
}

function isMeant(source: Clause, { principal, namespaceName, serviceAccountName }: Party): boolean {
  const said = [
    [source.principals, principal],
    [source.namespaces, namespaceName],
    [source.serviceAccounts, `${namespaceName}/${serviceAccountName}`],
  ] as const;
  return said.every(([names, own]) => !names || names.some((name) => name.includes('*') || name === own || own?.endsWith(`/${name}`)));
}

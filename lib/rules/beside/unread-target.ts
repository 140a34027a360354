import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { ROOT_NAMESPACE } from '../../istio/defaults';
import { WAYPOINT_CLASS } from '../../istio/gateway-classes';
import type { MeshModel } from '../../model/mesh-model';
import { tryObject } from '../../cluster/objects/objects-by-kind';
import type { Attached, Target } from '../../cluster/policies/attachments';
import { selectingObjects } from '../../cluster/policies/selecting-objects';
import { gatewayApiRoutes, type RouteParent } from '../../cluster/routes/gateway-api-routes';
import { clusterOf } from '../cluster-of';
import { fieldPaths, NAME, ROUTES } from '../comparison';
import { isRaw } from '../owners';
import { ownedNamespaces } from '../planes';
import { rule } from '../rule';
import { isToldByNamespace } from '../told-needs';

export const unreadTarget = rule({
  code: 'MESH218',
  level: 'error',
  title: 'target that does not exist, or that Istio does not read',
  compares: [
    { fields: fieldPaths(['spec targetRefs', 'spec targetRef'], ['group', 'kind', 'name', 'namespace']), made: false },
    { kinds: ROUTES, fields: fieldPaths(['spec parentRefs'], ['group', 'kind', 'name']), made: false },
    { kinds: [`${CORE}/Service`, `${NETWORKING}/ServiceEntry`, `${GATEWAY_API}/Gateway`], fields: NAME, sought: true },
  ],

  check(model, report) {
    const tell = ({ object, title }: Pick<Attached, 'object' | 'title'>, wrong: Wrong | undefined): void => {
      if (wrong) report({ on: object, message: `${title} is for nobody: ${wrong.why}`, got: wrong.got, fix: wrong.fix });
    };
    for (const policy of selectingObjects(clusterOf(model)).filter(isRaw)) {
      for (const target of policy.targets) tell(policy, wrongTarget(model, policy, target));
    }
    for (const route of gatewayApiRoutes(clusterOf(model)).filter(isRaw)) {
      for (const parent of route.parents) tell(route, wrongParent(parent));
    }
  },
});

interface Wrong {
  readonly why: string;
  readonly got: string;
  readonly fix: string;
}

const SERVICES = [`${CORE}/Service`, `${NETWORKING}/ServiceEntry`];
const GATEWAY = `${GATEWAY_API}/Gateway`;
const GATEWAY_CLASS = `${GATEWAY_API}/GatewayClass`;
const NAME_A_READ_ONE = `name a Service (group ""), a ServiceEntry (${NETWORKING}), or a Gateway or GatewayClass (${GATEWAY_API})`;

function wrongTarget(model: MeshModel, policy: Attached, target: Target): Wrong | undefined {
  return unreadWords(policy, target) ?? unreadClass(model, policy, target) ?? missing(model, policy, target);
}

function unreadWords({ object, namespaceName }: Attached, target: Target): Wrong | undefined {
  const kind = `${target.group}/${target.kind}`;
  const got = `group: "${target.group}", kind: ${target.kind || '""'}`;
  if (![...SERVICES, GATEWAY, GATEWAY_CLASS].includes(kind))
    return { why: 'Istio reads no target of this kind', got, fix: NAME_A_READ_ONE };
  if (object.kind === 'EnvoyFilter' && SERVICES.includes(kind)) {
    return { why: 'Istio reads the EnvoyFilters of Gateways, and of no Service', got, fix: 'name a Gateway' };
  }
  const elsewhere = target.namespaceName ?? namespaceName;
  if (elsewhere === namespaceName) return undefined;
  return { why: 'a target is always in the same namespace', got: `namespace: ${elsewhere}`, fix: `put it into namespace ${elsewhere}` };
}

function unreadClass(
  { rootNamespace = ROOT_NAMESPACE }: Pick<MeshModel, 'rootNamespace'>,
  policy: Attached,
  target: Target,
): Wrong | undefined {
  if (`${target.group}/${target.kind}` !== GATEWAY_CLASS) return undefined;
  if (target.name === WAYPOINT_CLASS && policy.namespaceName === rootNamespace) return undefined;
  return {
    why: `Istio reads it of class ${WAYPOINT_CLASS} alone, in namespace ${rootNamespace}`,
    got: `${target.kind} ${target.name}, in namespace ${policy.namespaceName}`,
    fix: `name a Gateway or a Service; for all waypoints put it into ${rootNamespace}`,
  };
}

function missing(model: MeshModel, { object, namespaceName }: Attached, { group, kind, name }: Target): Wrong | undefined {
  if (!ownedNamespaces(model).has(namespaceName) || kind === 'GatewayClass') return undefined;
  if (tryObject(clusterOf(model), group, kind, `${namespaceName}/${name}`)) return undefined;
  if (isToldByNamespace(model, namespaceName, object.path)) return undefined;
  return { why: `namespace ${namespaceName} has no such ${kind}`, got: `${kind} ${name}`, fix: 'name one of the namespace, or declare it' };
}

function wrongParent({ group, kind, key }: RouteParent): Wrong | undefined {
  if (!['Service', 'ServiceEntry'].includes(kind) || SERVICES.includes(`${group}/${kind}`)) return undefined;
  const [right] = SERVICES.find((one) => one.endsWith(`/${kind}`))!.split('/');
  return {
    why: `Istio reads a ${kind} as parent in group "${right}" alone, and left out the group is that of Gateways`,
    got: `group: ${group}, kind: ${kind}, name: ${key.split('/')[1]}`,
    fix: `write group: "${right}"`,
  };
}

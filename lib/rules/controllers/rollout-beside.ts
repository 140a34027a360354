import { ARGO, NETWORKING } from '../../istio/api-groups';
import type { ManifestObject, MeshModel, ServiceModel } from '../../model/mesh-model';
import { listOf, textOf, textsOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, namespaceOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { clusterOf } from '../cluster-of';
import { NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { rule } from '../rule';
import { madeNamed, serviceOfPods, serviceOfWorkload } from './targets/workload-of';

const ISTIO = ['strategy', 'canary', 'trafficRouting', 'istio'];
const CURE =
  'set releaseController: ReleaseController.argoRollouts({…}) on the service, or give the Rollout its template and mesh it by MeshedService.fromWorkload';

export const rolloutBeside = rule({
  code: 'MESH341',
  level: 'error',
  title: 'a Rollout of Argo Rollouts takes over what a service makes',
  compares: [
    { kinds: [`${ARGO}/Rollout`], fields: ['metadata namespace', 'spec workloadRef', 'spec strategy canary trafficRouting'], made: false },
    { kinds: WORKLOADS, fields: [...NAME, POD_LABELS] },
    { kinds: [`${NETWORKING}/VirtualService`], fields: ['spec http name'], made: true },
  ],

  check(model, report) {
    for (const rollout of objectsOf(clusterOf(model), ARGO, 'Rollout')) {
      if (rollout.made) continue;
      const wrong = wrongIn(model, rollout);
      if (wrong) report({ on: rollout, ...wrong });
    }
  },
});

interface Wrong {
  readonly message: string;
  readonly got: string;
  readonly fix: string;
}

function wrongIn(model: MeshModel, rollout: ManifestObject): Wrong | undefined {
  const { kind, name } = { kind: 'Deployment', ...(specOf(rollout).workloadRef as object | undefined) } as { kind: string; name?: string };
  const copied = name === undefined ? undefined : serviceOfWorkload(model, rollout, kind, name);
  if (copied)
    return {
      message: `${nameOf(rollout)} makes the pods of ${copied.name} a second time, after ${kind} ${name}, and its routes know nothing of them`,
      got: `workloadRef ${kind} ${name}`,
      fix: `drop the Rollout, and ${CURE}`,
    };
  const virtualServices = [
    valueAt(specOf(rollout), ...ISTIO, 'virtualService'),
    ...listOf(valueAt(specOf(rollout), ...ISTIO, 'virtualServices')),
  ];
  const named = virtualServices.flatMap((one) => textOf(valueAt(one, 'name')) ?? []);
  const [moved] = madeNamed(model, namespaceOf(rollout), 'VirtualService', named);
  return moved && wrongRoutes(model, rollout, moved, virtualServices);
}

function wrongRoutes(model: MeshModel, rollout: ManifestObject, moved: ManifestObject, said: readonly unknown[]): Wrong | undefined {
  const service = serviceOfPods(model, rollout);
  if (!service || !isRolledOut(model, service))
    return {
      message: `${nameOf(rollout)} moves weights in ${nameOf(moved)}, whose service has its pods from elsewhere`,
      got: nameOf(moved),
      fix: CURE,
    };
  const routes = listOf(specOf(moved).http).flatMap((route) => textOf(route.name) ?? []);
  const known = said.flatMap((one) => (textOf(valueAt(one, 'name')) === moved.name ? textsOf(valueAt(one, 'routes')) : []));
  const missing = routes.filter((route) => !known.includes(route));
  if (missing.length === 0 || (routes.length < 2 && known.length === 0)) return undefined;
  return {
    message: `${nameOf(rollout)} leaves routes of ${nameOf(moved)} as they are: of several Argo Rollouts moves those that it is told of, and of none if it is told of none`,
    got: known.length > 0 ? `routes: ${known.join(', ')}` : 'no routes',
    fix: `set virtualService.routes to [${routes.join(', ')}]`,
  };
}

const isRolledOut = (model: MeshModel, { key }: ServiceModel): boolean =>
  model.routes.some(({ service, controller }) => service.key === key && controller === 'argo-rollouts');

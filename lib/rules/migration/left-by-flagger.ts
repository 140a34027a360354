import type { MeshModel, NamespaceModel, ObjectKey, RouteModel } from '../../model/mesh-model';
import { rule } from '../rule';
import { stageText } from './told/last-stage';
import { command, leftBehind, listed } from './told/left-behind';

export const leftByFlagger = rule({
  code: 'MESH145',
  level: 'warning',
  title: 'routes that Flagger leaves behind',

  check(model, report) {
    for (const namespace of model.namespaces) {
      const { name } = namespace;
      const routes = model.routes.filter(({ service }) => service.namespaceName === name);
      const left = leftBehind(
        model,
        name,
        routes.flatMap((route) => leftBefore(model, route)),
      );
      const ahead = isLast(namespace) ? routes.flatMap((route) => route.left?.ahead ?? []) : [];
      if (left.length > 0) report({ on: namespace, ...leftNow(namespace, left) });
      else if (ahead.length > 0) report({ on: namespace, ...leftNext(namespace, ahead) });
    }
  },
});

function leftNow({ name }: NamespaceModel, left: readonly ObjectKey[]) {
  return {
    message: `Flagger makes other routes in ${name} than at the last synth, and leaves those behind that it made before: what they say is still obeyed, and no tool that prunes knows of them`,
    got: `left behind in the cluster: ${listed(left)}`,
    fix: ['apply the manifests, and wait until Flagger has made its routes', ...command('delete', name, left)].join('; then '),
  };
}

function leftNext({ name, migration }: NamespaceModel, ahead: readonly ObjectKey[]) {
  const end = 'when all pods have restarted, leave migration out, apply, and wait until Flagger has made its routes';
  return {
    message: `Flagger will make other routes in ${name} after this stage, and leave those behind that it has made: what they say is still obeyed then, and no tool that prunes knows of them`,
    got: `${stageText(migration!)}, the last one, with ${listed(ahead)} of Flagger`,
    fix: [end, ...command('delete', name, ahead)].join('; then '),
  };
}

function isLast({ migration, lastWave = 0 }: NamespaceModel): boolean {
  return migration !== undefined && lastWave > 0 && migration.wave >= lastWave;
}

/** One folder may have the manifests of several clusters: if the routes were the same in one of them, it is that one. */
function leftBefore({ lastSynths = [] }: MeshModel, { service, router, left }: RouteModel): readonly ObjectKey[] {
  const known = lastSynths.flatMap(({ releases = [] }) => releases.filter((one) => one.service === service.key));
  return left && known.length > 0 && known.every((one) => one.router !== router) ? left.before : [];
}

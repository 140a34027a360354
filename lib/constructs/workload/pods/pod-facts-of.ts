import type { Construct } from 'constructs';
import { PROXY_USER } from '../../../istio/defaults';
import type { InitContainerFacts, PodFacts, ProxyStartName, VolumeFacts } from '../../../model/workload-spec';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireDottedName, requireName } from '../../../support/object-names';
import type { InitContainer } from '../../../values/workload/pods/init-container';
import type { PodBasics } from '../../../values/workload/pods/pod-basics';
import type { PodVolume } from '../../../values/workload/pods/pod-volume';

/** What is said of pods of every kind, checked once. */
export function podFactsOf(at: Construct, mainName: string, basics: PodBasics, proxyStart?: ProxyStartName): PodFacts {
  const { envFrom = [], volumes = [], initContainers = [], imagePullSecrets = [], priorityClass, tolerations = [] } = basics;
  const { user, group, fileGroup } = basics;
  return {
    envFrom: envFrom.map(({ _facts }) => _facts),
    volumes: volumesOf(at, volumes),
    user: idOf(at, 'user', user),
    group: idOf(at, 'group', group),
    fileGroup: fileGroup === undefined ? undefined : requireCount(at, 'fileGroup', fileGroup, 0),
    initContainers: initContainersOf(at, mainName, initContainers),
    pullSecrets: imagePullSecrets.map((name) => requireDottedName(at, 'name of a Secret', name)),
    priorityClass: priorityClass === undefined ? undefined : requireDottedName(at, 'name of a PriorityClass', priorityClass),
    nodeSelector: basics.nodeSelector,
    tolerations: tolerations.map(({ key, value, effect }) => ({ key, value, effect })),
    proxyStart,
  };
}

function idOf(at: Construct, what: 'user' | 'group', id: number | undefined): number | undefined {
  if (id === undefined) return undefined;
  if (id !== PROXY_USER) return requireCount(at, what, id, what === 'user' ? 1 : 0);
  throw new MeshError({
    code: 'MESH773',
    at,
    what: `an application runs as another ${what} than Istio's proxy, whose own traffic is not redirected`,
    got: `${what}: ${PROXY_USER}`,
    fix: `give it a ${what} of its own, for example 1000`,
  });
}

function volumesOf(at: Construct, volumes: readonly PodVolume[]): VolumeFacts[] {
  const facts = volumes.map(({ _facts }) => _facts);
  const paths = facts.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) {
    throw new MeshError({
      code: 'MESH776',
      at,
      what: 'at each path one volume is mounted',
      got: `two volumes at ${twice}`,
      fix: 'mount one of them at another path',
    });
  }
  // Two paths may make one name: /a-b and /a/b.
  const names = facts.map(({ name }) => name);
  return facts.map((one, index) => (names.indexOf(one.name) === index ? one : { ...one, name: `${one.name}-${index}` }));
}

function initContainersOf(at: Construct, mainName: string, containers: readonly InitContainer[]): InitContainerFacts[] {
  const names = [mainName, ...containers.map(({ name }) => requireName(at, 'container name', name))];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return containers.map(initContainerOf);
  throw new MeshError({
    code: 'MESH777',
    at,
    what: 'each container of a pod has a name of its own',
    got: `two containers named ${twice}`,
    fix: `give the init container another name; that of the application is ${mainName}`,
  });
}

function initContainerOf({ name, image, command, args, env = {}, envFrom = [] }: InitContainer): InitContainerFacts {
  return { name, image, command, args, env, envFrom: envFrom.map(({ _facts }) => _facts) };
}

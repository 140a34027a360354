import type { Construct } from 'constructs';
import { PROXY_CONTAINERS, PROXY_USER } from '../../../istio/defaults';
import type { InitContainerFacts, PodFacts, ProxyStartName, TolerationFacts, VolumeFacts } from '../../../model/workload-spec';
import { requireLabelKey, requireLabelValue } from '../../../support/bounds/label-syntax';
import { MeshError } from '../../../support/mesh-error';
import { requireCount } from '../../../support/numbers';
import { requireDottedName, requireName } from '../../../support/object-names';
import type { InitContainer } from '../../../values/workload/pods/init-container';
import type { PodBasics } from '../../../values/workload/pods/pod-basics';
import type { PodToleration } from '../../../values/workload/pods/pod-toleration';
import { requireVariables } from './require-variables';
import { volumesOf } from './volumes-of';

/** What some kinds of pods have besides. */
interface PodExtras {
  readonly proxyStart?: ProxyStartName;
  /** Mounts of claims that each pod has for itself. */
  readonly claims: readonly VolumeFacts[];
}

/** What is said of pods of every kind, checked once. */
export function podFactsOf(at: Construct, mainName: string, basics: PodBasics, { proxyStart, claims }: PodExtras): PodFacts {
  const { envFrom: sources = [], volumes = [], initContainers = [], imagePullSecrets = [], priorityClass, tolerations = [] } = basics;
  const { user, group, fileGroup, nodeSelector } = basics;
  const envFrom = sources.map(({ _facts }) => _facts);
  requireVariables(at, mainName, { env: basics.env, envFrom });
  return {
    envFrom,
    volumes: volumesOf(
      at,
      volumes.map(({ _facts }) => _facts),
      claims,
    ),
    user: idOf(at, 'user', user),
    group: idOf(at, 'group', group),
    fileGroup: fileGroup === undefined ? undefined : requireCount(at, 'fileGroup', fileGroup, 0),
    initContainers: initContainersOf(at, mainName, initContainers),
    pullSecrets: imagePullSecrets.map((name) => requireDottedName(at, 'name of a Secret', name)),
    apiToken: basics.apiToken ?? false,
    writableRoot: basics.writableRoot ?? false,
    priorityClass: priorityClass === undefined ? undefined : requireDottedName(at, 'name of a PriorityClass', priorityClass),
    nodeSelector: nodeSelector && requireSelector(at, nodeSelector),
    tolerations: tolerations.map((one) => tolerationOf(at, one)),
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

function requireSelector(at: Construct, selector: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(selector)) {
    requireLabelKey(at, 'key of nodeSelector', key);
    requireLabelValue(at, `value of nodeSelector ${key}`, value);
  }
  return selector;
}

// An empty key, without a value, stands for every taint.
function tolerationOf(at: Construct, { key, value, effect }: PodToleration): TolerationFacts {
  if (key !== '' || value !== undefined) requireLabelKey(at, 'key of a toleration', key);
  if (value !== undefined) requireLabelValue(at, `value of the toleration ${key}`, value);
  return { key, value, effect };
}

function initContainersOf(at: Construct, mainName: string, containers: readonly InitContainer[]): InitContainerFacts[] {
  const names = [mainName, ...containers.map(({ name }) => requireName(at, 'container name', name))];
  const istios = names.find((name) => PROXY_CONTAINERS.includes(name));
  if (istios !== undefined) refuseName(at, `${istios}, as a container of the sidecar is called`, 'choose another name');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return containers.map((one) => initContainerOf(at, one));
  refuseName(at, `two containers named ${twice}`, `give the init container another name; that of the application is ${mainName}`);
}

function refuseName(at: Construct, got: string, fix: string): never {
  throw new MeshError({ code: 'MESH777', at, what: 'each container of a pod has a name of its own', got, fix });
}

function initContainerOf(
  at: Construct,
  { name, image, command, args, env = {}, envFrom: sources = [] }: InitContainer,
): InitContainerFacts {
  const envFrom = sources.map(({ _facts }) => _facts);
  requireVariables(at, name, { env, envFrom });
  return { name, image, command, args, env, envFrom };
}

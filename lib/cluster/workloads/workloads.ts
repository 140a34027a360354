import { NETWORKING } from '../../istio/api-groups';
import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import { MACHINE_BLOCKS, REGISTERED_FOR } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import { isAddress } from '../../support/addresses';
import { groupedBy } from '../../support/grouping';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, isEmpty, type Labels, labelsOf, listOf, numberOf, textOf } from '../objects/fields';
import { LabelIndex } from '../objects/label-index';
import { annotationsOfObject, keyOf, labelsOfObject, namespaceOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { hasLabels } from '../objects/selectors';
import { accountKey, principalOf } from './identities';
import { type InboundPorts, inboundPorts } from './inbound-ports';
import { proxyFor } from './enrolment';
import { labelsOfNamespace } from './namespaces';
import { podTemplates, type PodTemplate } from './pod-templates';
import type { Proxy } from './proxies';
import { machineProxy, toldProxy } from './told-proxies';

/** One end of a connection. All pods of a workload are one, for Istio decides over them alike. */
export interface Pod {
  /** `namespace/name` of the workload or the Gateway. */
  readonly key: string;
  readonly namespaceName: string;
  readonly labels: Labels;
  readonly proxy: Proxy;
  /** SPIFFE identity without its scheme; nobody without a proxy can prove one. */
  readonly principal?: string;
  readonly address: string;
  readonly replicas: number;
  readonly namedPorts: Readonly<Record<string, number>>;
  /** The ports that its proxy takes, where that is not all of them. */
  readonly inbound?: InboundPorts;
}

/** The pods that one object brings about. */
export interface Workload extends Pod {
  readonly object: ManifestObject;
  readonly annotations: Labels;
  /** Of the pod, as it is written. */
  readonly spec: Fields;
  readonly serviceAccountName: string;
  /** A machine beside the cluster. */
  readonly isOutside: boolean;
  /** Of a machine: the network that it is in, where it says one. */
  readonly network?: string;
  /** Of a group of machines: blocks of addresses in which they are, as far as somebody says. */
  readonly blocks?: readonly string[];
  /** Of a machine: it is known by a name in place of an address. */
  readonly isNamed?: boolean;
  /** Of a machine: nothing says where it is. */
  readonly hasNoAddress?: boolean;
}

export const workloadsOf = perCluster((cluster: Cluster): readonly Workload[] =>
  podTemplates(cluster).map((template, index) => readWorkload(cluster, template, index)),
);

function readWorkload(cluster: Cluster, template: PodTemplate, index: number): Workload {
  const { object, labels, annotations, spec, isOutside, machine } = template;
  const namespaceName = namespaceOf(object);
  const serviceAccountName = template.serviceAccountName || DEFAULT_ACCOUNT;
  const proxy = isOutside ? machineProxy(template) : toldProxy(proxyOfTemplate(cluster, namespaceName, template), labels);
  return {
    object,
    key: keyOf(object),
    namespaceName,
    labels,
    annotations,
    spec,
    serviceAccountName,
    isOutside,
    proxy,
    principal: proxy.isInMesh ? principalOf(cluster, namespaceName, serviceAccountName) : undefined,
    address: `10.244.${index >> 8}.${index & 255}`,
    replicas: numberOf(specOf(object).replicas) ?? 1,
    namedPorts: namedPorts(spec),
    inbound: inboundPorts(proxy, annotations),
    ...(machine && placeOf(cluster, object, labels, machine)),
  };
}

/** Where a machine is, and what is sent to it; to a group of them nothing is but to those that are registered, if some are. */
function placeOf(cluster: Cluster, object: ManifestObject, labels: Labels, { address, ports, weight, network }: Fields): Partial<Workload> {
  const [said, numbers] = [textOf(address) ?? '', Object.entries(fieldsOf(ports))];
  return {
    ...(isAddress(said) ? { address: said } : {}),
    replicas: isRegistered(cluster, object, labels) ? 0 : numberOf(weight) || 1,
    namedPorts: Object.fromEntries(numbers.filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
    network: textOf(network) || undefined,
    isNamed: said !== '' && !isAddress(said),
    hasNoAddress: said === '',
    ...(object.kind === 'WorkloadGroup' && said === '' && { blocks: blocksOf(object) }),
  };
}

/** Where machines are that register themselves: anywhere, where nobody says. */
function blocksOf(object: ManifestObject): string[] {
  return (annotationsOfObject(object)[MACHINE_BLOCKS] ?? '0.0.0.0/0').split(',');
}

/** Entries that are made for a group, or that have its labels, stand for it. */
function isRegistered(cluster: Cluster, { kind, name, namespaceName }: ManifestObject, labels: Labels): boolean {
  if (kind !== 'WorkloadGroup') return false;
  const entries = objectsOf(cluster, NETWORKING, 'WorkloadEntry').filter((one) => one.namespaceName === namespaceName);
  return entries.some((entry) => {
    const own = { ...labelsOf(specOf(entry).labels), ...labelsOfObject(entry) };
    return annotationsOfObject(entry)[REGISTERED_FOR] === name || (!isEmpty(labels) && hasLabels(own, labels));
  });
}

function proxyOfTemplate(cluster: Cluster, namespaceName: string, { labels, annotations, spec }: PodTemplate): Proxy {
  const namespaceLabels = labelsOfNamespace(cluster, namespaceName);
  return proxyFor({ namespaceName, namespaceLabels, labels, annotations, hostNetwork: spec.hostNetwork === true });
}

function namedPorts({ containers }: Fields): Record<string, number> {
  const ports = listOf(containers).flatMap((container) => listOf(container.ports));
  return Object.fromEntries(
    ports.flatMap(({ name, containerPort }) => {
      const [text, number] = [textOf(name), numberOf(containerPort)];
      return text !== undefined && number !== undefined ? [[text, number] as const] : [];
    }),
  );
}

const byKey = perCluster((cluster: Cluster): ReadonlyMap<string, Workload> => {
  const all = new Map<string, Workload>();
  for (const workload of workloadsOf(cluster)) if (!all.has(workload.key)) all.set(workload.key, workload);
  return all;
});

/** The workload `namespace/name`. */
export function tryWorkload(cluster: Cluster, key: string): Workload | undefined {
  return byKey(cluster).get(key);
}

const byNamespace = perCluster((cluster: Cluster): ReadonlyMap<string, LabelIndex<Workload>> => {
  const groups = groupedBy(workloadsOf(cluster), ({ namespaceName }) => namespaceName);
  return new Map([...groups].map(([name, workloads]) => [name, new LabelIndex(workloads)]));
});

/** The workloads of a namespace whose pods have these labels; all of them where no label is asked for. */
export function workloadsWith(cluster: Cluster, namespaceName: string, labels: Labels): readonly Workload[] {
  return byNamespace(cluster).get(namespaceName)?.having(labels) ?? [];
}

const anywhere = perCluster((cluster: Cluster) => new LabelIndex(workloadsOf(cluster)));

/** The same of all namespaces. */
export function workloadsAnywhereWith(cluster: Cluster, labels: Labels): readonly Workload[] {
  return anywhere(cluster).having(labels);
}

const byAccount = perCluster((cluster: Cluster): ReadonlyMap<string, readonly Workload[]> =>
  groupedBy(workloadsOf(cluster), ({ namespaceName, serviceAccountName }) => accountKey(namespaceName, serviceAccountName)),
);

/** The workloads that run under a ServiceAccount. */
export function workloadsUnder(cluster: Cluster, namespaceName: string, serviceAccountName: string): readonly Workload[] {
  return byAccount(cluster).get(accountKey(namespaceName, serviceAccountName)) ?? [];
}

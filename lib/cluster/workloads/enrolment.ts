import { DATAPLANE_MODE, INJECT, INJECTION, REVISION } from '../../istio/labels';
import type { Labels } from '../objects/fields';
import { type LabelRequirement, meets } from '../objects/selectors';
import { type Proxy, PROXIES } from './proxies';

/** What decides how a pod joins the mesh. */
export interface Enrolling {
  readonly namespaceName: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly hostNetwork: boolean;
}

interface PodFilter {
  readonly namespace: readonly LabelRequirement[];
  readonly pod: readonly LabelRequirement[];
}

// A revision without a name is none. Every other is taken to be installed.
const revised: readonly LabelRequirement[] = [
  { key: REVISION, operator: 'Exists' },
  { key: REVISION, operator: 'NotIn', values: [''] },
];
const unrevised: LabelRequirement = { key: REVISION, operator: 'DoesNotExist' };
const unsaid: LabelRequirement = { key: INJECTION, operator: 'DoesNotExist' };
const unrefused: LabelRequirement = { key: INJECT, operator: 'NotIn', values: ['false'] };

/** The webhooks of Istio's charts: one that picks a pod has the injector asked. */
const WEBHOOKS: readonly PodFilter[] = [
  { namespace: [...revised, unsaid], pod: [unrefused] },
  { namespace: [unrevised, unsaid], pod: [unrefused, ...revised] },
  { namespace: [{ key: INJECTION, operator: 'In', values: ['enabled'] }], pod: [unrefused] },
  { namespace: [unsaid, unrevised], pod: [{ key: INJECT, operator: 'In', values: ['true'] }, unrevised] },
];

const inAmbient: LabelRequirement = { key: DATAPLANE_MODE, operator: 'In', values: ['ambient'] };

/** Pods whose traffic Istio's CNI agent hands to ztunnel, by its chart. */
const CAPTURED: readonly PodFilter[] = [
  { namespace: [], pod: [inAmbient] },
  { namespace: [inAmbient], pod: [{ key: DATAPLANE_MODE, operator: 'NotIn', values: ['none'] }] },
];

const NEVER_INJECTED: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];
const NEVER_CAPTURED: readonly string[] = ['kube-system'];

// By it the injector makes a gateway of a pod, as in Helm's chart for gateways.
const TEMPLATES = 'inject.istio.io/templates';

// The injector writes it, and `istioctl kube-inject` does so beforehand.
const INJECTED = 'sidecar.istio.io/status';

/** Who will speak for a pod: a sidecar goes before ztunnel, and neither touches the network of the host. */
export function proxyFor(pod: Enrolling): Proxy {
  if (isInjected(pod)) return pod.annotations[TEMPLATES] === 'gateway' ? PROXIES.gateway : PROXIES.sidecar;
  const isCaptured = !pod.hostNetwork && !NEVER_CAPTURED.includes(pod.namespaceName) && CAPTURED.some((one) => picks(one, pod));
  return isCaptured ? PROXIES.ztunnel : PROXIES.none;
}

function isInjected(pod: Enrolling): boolean {
  if (pod.annotations[INJECTED] !== undefined) return true;
  if (pod.hostNetwork || NEVER_INJECTED.includes(pod.namespaceName)) return false;
  return WEBHOOKS.some((one) => picks(one, pod)) && !isRefused(pod);
}

/** The annotation of old is heard where no label of the name is there, and only to refuse: it has no webhook. */
function isRefused({ labels, annotations }: Enrolling): boolean {
  return (labels[INJECT] ?? annotations[INJECT]) === 'false';
}

function picks({ namespace, pod }: PodFilter, { namespaceLabels, labels }: Enrolling): boolean {
  return namespace.every((one) => meets(one, namespaceLabels)) && pod.every((one) => meets(one, labels));
}

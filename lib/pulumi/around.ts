import type { IConstruct } from 'constructs';
import { ownerOf } from './kinds';
import type { KubernetesManifest } from './kubernetes-object';
import type { Rendered } from './ordering';

type Labels = Readonly<Record<string, string>>;

const CLOSING = ['PeerAuthentication', 'AuthorizationPolicy', 'RequestAuthentication', 'Sidecar', 'NetworkPolicy'];
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** What stands around the objects of a program: who closes pods and gateways, and which pods are behind a Service. */
export class Around {
  private readonly closing = new Map<string, Rendered[]>();
  private readonly workloads = new Map<string, Rendered[]>();
  private readonly services = new Map<string, Rendered>();
  private readonly hostRules = new Map<string, Rendered[]>();

  constructor(all: readonly Rendered[]) {
    for (const one of all) {
      const { kind, metadata } = one.manifest;
      const place = metadata.namespace ?? '';
      if (CLOSING.includes(kind)) add(this.closing, place, one);
      if (podLabelsOf(one.manifest)) add(this.workloads, place, one);
      if (kind === 'Service') this.services.set(`${place}/${metadata.name}`, one);
      if (kind === 'DestinationRule') add(this.hostRules, beginningOf(one.manifest.spec.host), one);
    }
  }

  /** What closes the pods of an object, or a Gateway: without it whoever comes gets in. */
  guardsOf(manifest: KubernetesManifest): Rendered[] {
    const { kind, metadata } = manifest;
    const place = metadata.namespace ?? '';
    const labels = kind === 'Gateway' ? { [GATEWAY_NAME]: metadata.name } : podLabelsOf(manifest);
    if (!labels) return [];
    return (this.closing.get(place) ?? []).filter((guard) => this.isFor(guard.manifest, labels, place));
  }

  /** The DestinationRules of a host, or of all hosts that begin so. */
  rulesOf(host: string): Rendered[] {
    return (this.hostRules.get(beginningOf(host)) ?? []).filter(({ manifest }) => manifest.spec.host.startsWith(host));
  }

  /** The pods to which a Service sends. */
  podsBehind(namespace: string, name: string): Rendered[] {
    const selector: Labels | undefined = this.services.get(`${namespace}/${name}`)?.manifest.spec?.selector;
    if (!selector) return [];
    return (this.workloads.get(namespace) ?? []).filter(({ manifest }) => hasLabels(podLabelsOf(manifest)!, selector));
  }

  /** Those of them that came beside what the service has itself: the pods of its releases. */
  podsBeside(namespace: string, name: string): Rendered[] {
    const owner = this.ownerOfService(namespace, name);
    return this.podsBehind(namespace, name).filter(({ object }) => owner === undefined || ownerOf(object) !== owner);
  }

  private ownerOfService(namespace: string, name: string): IConstruct | undefined {
    const service = this.services.get(`${namespace}/${name}`);
    return service && ownerOf(service.object);
  }

  private isFor({ spec }: KubernetesManifest, labels: Labels, place: string): boolean {
    const targets: ReadonlyArray<{ readonly kind: string; readonly name: string }> = spec?.targetRefs ?? [];
    if (targets.length === 0) return hasLabels(labels, selectorOf(spec));
    return targets.some(({ kind, name }) =>
      kind === 'Service'
        ? hasLabels(labels, this.services.get(`${place}/${name}`)?.manifest.spec?.selector ?? labels)
        : kind === 'Gateway' && labels[GATEWAY_NAME] === name,
    );
  }
}

function podLabelsOf({ spec }: KubernetesManifest): Labels | undefined {
  const template = spec?.template ?? spec?.jobTemplate?.spec?.template;
  return template?.spec?.containers ? (template.metadata?.labels ?? {}) : undefined;
}

/** The name and the namespace in the host of a Service, of which a program has many. */
const beginningOf = (host: string): string => host.split('.', 2).join('.');

const selectorOf = (spec: any): Labels =>
  spec?.selector?.matchLabels ?? spec?.workloadSelector?.labels ?? spec?.podSelector?.matchLabels ?? {};

const hasLabels = (labels: Labels, wanted: Labels): boolean => Object.entries(wanted).every(([key, value]) => labels[key] === value);

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

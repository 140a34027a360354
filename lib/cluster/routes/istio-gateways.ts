import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, isSaid, type Labels, labelsOf, listOf, numberOf, textOf, textsOf, valueAt } from '../objects/fields';
import { keyOf, namespaceOf, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { hasLabels } from '../objects/selectors';
import { isHttpProtocol } from '../services/protocols';
import { type Pod, type Workload, workloadsAnywhereWith } from '../workloads/workloads';

/** A Gateway of Istio's own API, which opens ports on pods that somebody else makes. */
export interface IstioGateway {
  readonly object: ManifestObject;
  readonly key: string;
  readonly selector: Labels;
  readonly servers: readonly IstioServer[];
}

export interface IstioServer {
  readonly port?: number;
  /** Without the namespaces whose routes are taken. */
  readonly hosts: readonly string[];
  /** The same as `namespace/host`; the namespace is `*` for routes of all. */
  readonly scopedHosts: readonly string[];
  readonly protocol: string;
  readonly bind: string;
  /** It ends TLS, or passes it on by the name that the client asks for. */
  readonly isTls: boolean;
  /** What it does with TLS; undefined where nothing is said. */
  readonly mode?: string;
  /** It sends clients that speak plain HTTP on to HTTPS. */
  readonly redirects: boolean;
  /** The oldest version of TLS that it takes, and what to encrypt with; undefined for Istio's own choice. */
  readonly minProtocolVersion?: string;
  readonly cipherSuites: readonly string[];
  /** Secrets that it shows to clients. */
  readonly certificates: readonly string[];
}

/** Every Istio Gateway, by namespace and name. */
export const istioGateways = perCluster((cluster: Cluster): readonly IstioGateway[] =>
  objectsOf(cluster, NETWORKING, 'Gateway').map(readGateway),
);

const byKey = perCluster((cluster: Cluster) => new Map(istioGateways(cluster).map((gateway) => [gateway.key, gateway])));

function readGateway(object: ManifestObject): IstioGateway {
  const { selector, servers } = specOf(object);
  return {
    object,
    key: keyOf(object),
    selector: labelsOf(selector),
    servers: listOf(servers).map((server) => readServer(server, namespaceOf(object))),
  };
}

function readServer({ port, hosts, bind, tls }: Fields, namespaceName: string): IstioServer {
  const credentials = [valueAt(tls, 'credentialName'), ...textsOf(valueAt(tls, 'credentialNames'))];
  return {
    port: numberOf(valueAt(port, 'number')),
    // `namespace/host` limits whose routes are taken.
    hosts: textsOf(hosts).map((host) => host.slice(host.indexOf('/') + 1)),
    scopedHosts: textsOf(hosts).map((host) => (host.includes('/') ? host.replace(/^\.\//, `${namespaceName}/`) : `*/${host}`)),
    protocol: textOf(valueAt(port, 'protocol')) ?? '',
    bind: textOf(bind) ?? '',
    isTls: isSaid(tls) && !isHttpProtocol(textOf(valueAt(port, 'protocol')) ?? ''),
    mode: textOf(valueAt(tls, 'mode')),
    redirects: valueAt(tls, 'httpsRedirect') === true,
    minProtocolVersion: textOf(valueAt(tls, 'minProtocolVersion')),
    cipherSuites: textsOf(valueAt(tls, 'cipherSuites')),
    certificates: credentials.flatMap((name) => textOf(name) ?? []),
  };
}

/** The Istio Gateway `namespace/name`. */
export function tryIstioGateway(cluster: Cluster, key: string): IstioGateway | undefined {
  return byKey(cluster).get(key);
}

/** The pods that an Istio Gateway picks, whatever their namespace; the first workload stands for all. */
export function podsOfGateway(cluster: Cluster, { selector }: IstioGateway): Workload | undefined {
  return workloadsAnywhereWith(cluster, selector)[0];
}

/** Those that pick a pod: its proxy is told of all of them together. */
export function pickingGateways(cluster: Cluster, { labels }: Pick<Pod, 'labels'>): IstioGateway[] {
  return istioGateways(cluster).filter(({ selector }) => hasLabels(labels, selector));
}

/** Whether some pod may be picked by both, as their labels say. */
export function sharePods({ selector: one }: Pick<IstioGateway, 'selector'>, { selector: other }: Pick<IstioGateway, 'selector'>): boolean {
  return hasLabels(one, other) || hasLabels(other, one);
}

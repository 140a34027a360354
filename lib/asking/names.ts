import type { Cluster } from '../cluster/cluster';
import { podsBehind } from '../cluster/services/endpoints';
import { istioGateways } from '../cluster/routes/istio-gateways';
import { tryServiceOf } from '../cluster/services/registry';
import { type MeshService, servicesOf, tryService } from '../cluster/services/services';
import { proxyInNamespace } from '../cluster/workloads/namespaces';
import { planeOfProxy } from '../cluster/workloads/proxies';
import { gatewaysOf } from '../cluster/workloads/gateways';
import { tryWorkload, workloadsOf } from '../cluster/workloads/workloads';
import { hostOf } from '../cluster/services/hosts';
import type { DataPlaneMode } from '../model/namespace-facts';
import { isAddress } from '../support/addresses';
import { MeshError } from '../support/mesh-error';
import { nearestOf } from '../support/options/nearest';
import { tryGatewayPod } from '../verdict/requests/callers';
import { gatewayServing } from '../verdict/entrances/gateway-hosts';
import { type Caller, OUTSIDE, type PodCaller, type Target } from '../verdict/requests/request';

const POD = 'pod:';
const PLAIN = 'plain:';
const MESHED = 'meshed:';

/** Somebody outside the cluster. */
export const OUTSIDE_NAME = 'outside';

const PROXIES_OF: Readonly<Record<DataPlaneMode, PodCaller['pod']['proxy']>> = { sidecar: 'sidecar', ambient: 'ztunnel', unknown: 'none' };

/** Everybody whom a text means as a caller: `shop/cart`, `cart`, `edge/gateway`, `pod:shop`, `pod:shop/account`, `plain:shop`, `meshed:shop`, `outside`.
 * A name that a Gateway and a workload have means the Gateway where the callee is a host that it serves. */
export function callersNamed(cluster: Cluster, text: string, to?: Target): Caller[] {
  if (text === OUTSIDE_NAME) return [OUTSIDE];
  if (text.startsWith(PLAIN)) return [{ pod: { namespace: text.slice(PLAIN.length), proxy: 'none' } }];
  if (text.startsWith(MESHED)) return [meshedIn(text.slice(MESHED.length))];
  if (text.startsWith(POD)) return [strangerIn(cluster, text.slice(POD.length))];
  const key = keyNamed(cluster, text, gatewayKeys(cluster));
  const isThrough = to !== undefined && 'host' in to && gatewayServing(cluster, to.host)?.gateway === key;
  if (tryWorkload(cluster, key) && !isThrough) return [{ workload: key }];
  if (tryGatewayPod(cluster, key)) return [{ gateway: key, showsCertificate: true }];
  const pods = servicesNamed(cluster, key).flatMap((service) => podsBehind(cluster, service));
  return pods.length > 0 ? pods.map((pod) => ({ workload: pod.key })) : nobody(cluster, text, [], gatewayKeys(cluster));
}

/** The name of a caller: `shop/cart-v1`, `edge/gateway`, `pod:shop`. */
export function callerText(caller: Caller): string {
  if ('workload' in caller) return caller.workload;
  if ('gateway' in caller) return caller.gateway;
  const { namespace, serviceAccount, proxy } = 'pod' in caller ? caller.pod : caller.identity;
  if (namespace === '') return OUTSIDE_NAME;
  return `${proxy === 'none' ? PLAIN : POD}${[namespace, serviceAccount].filter((part) => part !== undefined).join('/')}`;
}

/** A pod in the mesh, of a namespace of which nobody says how its pods join it. */
function meshedIn(text: string): Caller {
  const [namespace, serviceAccount] = text.split('/');
  return { pod: { namespace, serviceAccount, proxy: 'sidecar' } };
}

/** A pod that the manifests do not have, with the proxy that its namespace gives to pods. */
function strangerIn(cluster: Cluster, text: string): Caller {
  const [namespace, serviceAccount] = text.split('/');
  const plane = planeOfProxy(proxyInNamespace(cluster, namespace));
  return { pod: { namespace, serviceAccount, proxy: plane && PROXIES_OF[plane] } };
}

/** What a text means as the end of a request: a Service, a host, `pod:` and a workload, or an address; each with its port. */
export function targetNamed(cluster: Cluster, text: string): Target {
  const [, name, digits] = /^(.*?)(?::(\d{1,5}))?$/s.exec(text)!;
  const port = digits === undefined ? undefined : Number(digits);
  if (name.startsWith(POD)) return { podOf: podNamed(cluster, name.slice(POD.length)), port: port ?? noPort(text, []) };
  if (isAddress(name)) return { address: name, port: port ?? noPort(text, []) };
  const service = serviceNamed(cluster, name);
  if (!service) return { host: name, port: port ?? noPort(text, []) };
  const ports = service.ports.filter(({ protocol }) => protocol !== 'UDP').map(({ number }) => number);
  return {
    host: service.hosts.includes(name) ? name : service.hosts[0],
    port: port ?? (ports.length === 1 ? ports[0] : noPort(text, ports)),
  };
}

/** The same on every port, where a Service has several and the text names none. */
export function targetsNamed(cluster: Cluster, text: string): Target[] {
  const service = /:\d{1,5}$/.test(text) || text.startsWith(POD) || isAddress(text) ? undefined : serviceNamed(cluster, text);
  const ports = service?.ports.filter(({ protocol }) => protocol !== 'UDP') ?? [];
  return ports.length < 2 ? [targetNamed(cluster, text)] : ports.map(({ number }) => targetNamed(cluster, `${text}:${number}`));
}

function podNamed(cluster: Cluster, name: string): string {
  const key = keyNamed(cluster, name);
  if (tryWorkload(cluster, key)) return key;
  const behind = servicesNamed(cluster, key).flatMap((service) => podsBehind(cluster, service));
  return nobody(
    cluster,
    name,
    behind.map((pod) => pod.key),
  );
}

/** A name with a dot is a host, of which the cluster's domain may be left out; one that nobody describes is outside. */
function serviceNamed(cluster: Cluster, name: string): MeshService | undefined {
  if (!name.includes('/') && name.includes('.')) {
    const [first, second] = name.split('.');
    const short = tryServiceOf(cluster, hostOf(cluster, first, second));
    const isShort = name === `${first}.${second}` || name === `${first}.${second}.svc`;
    return (isShort ? short : undefined) ?? servicesOf(cluster).find(({ hosts }) => hosts.includes(name));
  }
  const [service] = servicesNamed(cluster, keyNamed(cluster, name));
  return service ?? nobody(cluster, name);
}

function servicesNamed(cluster: Cluster, key: string): MeshService[] {
  return [tryService(cluster, 'Service', key) ?? tryService(cluster, 'ServiceEntry', key) ?? []].flat();
}

/** `namespace/name` of a name without a namespace, where one namespace alone has it. */
function keyNamed(cluster: Cluster, name: string, more: readonly string[] = []): string {
  if (name.includes('/')) return name;
  const meant = [...new Set([...knownKeys(cluster), ...more].filter((key) => key.endsWith(`/${name}`)))];
  if (meant.length < 2) return meant[0] ?? nobody(cluster, name, [], more);
  throw new MeshError({
    code: 'MESH896',
    at: 'Verdicts.ask',
    what: 'a name in a question is one of a single namespace',
    got: `${name}, which are ${meant.sort().join(' and ')}`,
    fix: `write for example ${meant[0]}`,
  });
}

function knownKeys(cluster: Cluster): string[] {
  return [...servicesOf(cluster), ...workloadsOf(cluster)].map(({ key }) => key);
}

/** Of both kinds, as far as they have pods. */
function gatewayKeys(cluster: Cluster): string[] {
  const keys = [...gatewaysOf(cluster), ...istioGateways(cluster)].map(({ key }) => key);
  return keys.filter((key) => tryGatewayPod(cluster, key));
}

// More would be no help in a line.
const MOST_TOLD = 8;

function nobody(cluster: Cluster, name: string, meant: readonly string[] = [], more: readonly string[] = []): never {
  const known = [...new Set([...knownKeys(cluster), ...more])].sort();
  const others = known.length > MOST_TOLD ? ` and ${known.length - MOST_TOLD} more` : '';
  const near = meant[0] ?? nearestOf(name, known) ?? known.find((key) => nearestOf(name, [key.split('/')[1]]) !== undefined);
  throw new MeshError({
    code: 'MESH895',
    at: 'Verdicts.ask',
    what: 'a question names a Service or a workload of the manifests',
    got: name,
    fix: near === undefined ? `they have ${known.slice(0, MOST_TOLD).join(', ') || 'none'}${others}` : `did you mean ${near}?`,
  });
}

function noPort(text: string, ports: readonly number[]): never {
  throw new MeshError({
    code: 'MESH897',
    at: 'Verdicts.ask',
    what: 'a question says the port, unless the Service has a single one',
    got: text,
    fix: `write for example ${text}:${ports[0] ?? 8080}`,
  });
}

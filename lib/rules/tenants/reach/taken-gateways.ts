import { fieldsOf, listOf, textOf, textsOf, valueAt } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { MESH } from '../../../cluster/routes/gateway-keys';
import { isHome, isListed, type TenantObject } from './tenancies';

const BY_HOST = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'TLS'];

/** Gateways, and what a route may attach to, that an object of a tenant uses and that are neither the tenant's nor lent to it. */
export function takenGateways(one: TenantObject): string[] {
  const { kind } = one.object;
  if (kind === 'VirtualService') return textsOf(specOf(one.object).gateways).filter((name) => !isBoundHome(one, name));
  if (kind === 'Gateway') return [...bytePorts(one), ...otherDoors(one)];
  const { parentRef, parentRefs } = specOf(one.object);
  const refs = kind === 'ListenerSet' ? [fieldsOf(parentRef)] : listOf(parentRefs);
  const taken = refs.filter((ref) => !isHome(one.tenant, ref) && !(isGateway(textOf(ref.kind)) && isListed(one.tenant, ref)));
  return taken.map(({ kind: wanted = 'Gateway', namespace, name }) => `${String(wanted)} ${String(namespace)}/${String(name)}`);
}

function isGateway(kind = 'Gateway'): boolean {
  return ['Gateway', 'ListenerSet'].includes(kind);
}

// `namespace/name`, `./name`, a name alone, and the old way: name.namespace.
function isBoundHome({ tenant }: TenantObject, name: string): boolean {
  if (name === MESH || name.startsWith('./')) return true;
  const [first, second] = name.split(name.includes('/') ? '/' : '.');
  if (second === undefined) return true;
  const ref = name.includes('/') ? { namespace: first, name: second } : { namespace: second, name: first };
  return isHome(tenant, ref) || isListed(tenant, ref);
}

// Where bytes come in, no host says whose they are.
function bytePorts({ object }: TenantObject): string[] {
  return listOf(specOf(object).servers)
    .filter(({ port }) => !BY_HOST.includes((textOf(valueAt(port, 'protocol')) ?? '').toUpperCase()))
    .map(({ port }) => `port ${String(valueAt(port, 'number'))} for bytes`);
}

/** Pods behind a Service of somebody else, on which a Gateway asks for its listeners. */
function otherDoors({ object, tenant, cluster }: TenantObject): string[] {
  const named = listOf(specOf(object).addresses).filter(({ type = 'IPAddress' }) => type !== 'IPAddress');
  const hosts = named.flatMap(({ value }) => textOf(value) ?? []).filter((host) => host.includes('.'));
  return hosts.filter((host) => !tenant.namespaces.some((name) => host.endsWith(`.${name}.svc.${cluster.clusterDomain}`)));
}

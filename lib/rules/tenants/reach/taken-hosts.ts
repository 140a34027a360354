import { fieldsOf, listOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { specOf } from '../../../cluster/objects/manifest-object';
import { isHome, ownsHost, type TenantObject } from './tenancies';

/** Hosts that an object of a tenant speaks for, and that are not the tenant's; `*` for every host of somebody else's gateway. */
export function takenHosts(one: TenantObject): string[] {
  const named = (READERS[one.object.kind] ?? hostnames)(one);
  return named.filter((host) => !ownsHost(one.cluster, one.tenant, host));
}

const READERS: Readonly<Record<string, (one: TenantObject) => readonly string[]>> = {
  VirtualService: ({ object, tenant }) => (staysHome(object, tenant) ? [] : textsOf(specOf(object).hosts).filter(isFull)),
  DestinationRule: ({ object, tenant }) => (staysHome(object, tenant) ? [] : [textOf(specOf(object).host) ?? ''].filter(isFull)),
  ServiceEntry: ({ object }) => textsOf(specOf(object).hosts),
  Gateway: ({ object }) => [...serverHosts(object), ...listenerHosts(object)],
  ListenerSet: ({ object, tenant }) => {
    const isElsewhere = !isHome(tenant, fieldsOf(specOf(object).parentRef));
    const open = listOf(specOf(object).listeners).filter(({ hostname }) => !hostname);
    return [...listenerHosts(object), ...(isElsewhere ? open.map(() => '*') : [])];
  },
};

type Written = TenantObject['object'];

/** What the callers of the tenant alone see is no concern of others. */
function staysHome(object: Written, { namespaces }: TenantObject['tenant']): boolean {
  const names = textsOf(specOf(object).exportTo);
  return names.length > 0 && names.every((name) => ['.', '~', ...namespaces].includes(name));
}

function isFull(host: string): boolean {
  return host.includes('.') || host.includes(':') || host === '*';
}

function serverHosts(object: Written): string[] {
  const hosts = listOf(specOf(object).servers).flatMap((server) => textsOf(server.hosts));
  return hosts.map((host) => host.slice(host.indexOf('/') + 1));
}

function listenerHosts(object: Written): string[] {
  return listOf(specOf(object).listeners).flatMap(({ hostname }) => (typeof hostname === 'string' && hostname !== '' ? [hostname] : []));
}

// A route without hostnames has those of its listener.
function hostnames({ object, tenant }: TenantObject): readonly string[] {
  const said = textsOf(specOf(object).hostnames);
  const isElsewhere = listOf(specOf(object).parentRefs).some((ref) => !isHome(tenant, ref));
  return said.length === 0 && isElsewhere ? ['*'] : said;
}

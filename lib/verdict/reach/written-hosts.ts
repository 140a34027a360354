import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import type { AuthorizationPolicy } from '../../cluster/policies/authorization-policies';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import type { VirtualService } from '../../cluster/routes/virtual-services';
import { serviceNameOf } from '../../cluster/services/hosts';
import { calledService, servicesCovering } from '../../cluster/services/registry';
import { isHeadless, servicesOf } from '../../cluster/services/services';
import { asPicked, workloadNamed } from '../requests/callers';
import { dialledName, type Request, type Target } from '../requests/request';
import type { Asked, Vocabulary } from './asked';
import { leadsToGateway } from './followed-routes';
import { exactly, literal, matching } from './languages';

const HOSTS = 'other hosts that clients write';

/**
 * Clients write any host, whatever they call: it is divided where somebody looks at it, by what is asked and by the names of what is called, which sidecars know.
 * Who enters by a gateway is asked about by its host. What a gateway on the way makes of another host is not asked.
 */
export function withHosts(cluster: Cluster, { from, to }: Request, hosts: readonly string[], vocabulary: Vocabulary): Vocabulary {
  const { asked, leftOut } = vocabulary;
  if (!asked.some(isAboutHost)) return vocabulary;
  const fixed = { ...vocabulary, asked: asked.filter((one) => !isAboutHost(one)) };
  if ('gateway' in from) return fixed;
  if (isElsewhere(cluster, to) || isGateway(cluster, to) || hosts.some((host) => leadsToGateway(cluster, host)))
    return { ...fixed, leftOut: [...leftOut, HOSTS].sort() };
  return { ...vocabulary, asked: [...namesOf(cluster, to).map((language) => ({ about: HOST, language })), ...asked] };
}

export const HOST = { in: 'host' } as const;

export const isAboutHost = ({ about }: Pick<Asked, 'about'>): boolean => about.in === 'host';

/** Of what is no Service of the cluster nobody divides hosts: it may be several, or nothing, to whoever calls. */
function isElsewhere(cluster: Cluster, to: Target): boolean {
  const services = servicesCovering(cluster, dialledName(cluster, to));
  return !('podOf' in to) && (services.length === 0 || services.some(({ kind }) => kind !== 'Service'));
}

const isGateway = (cluster: Cluster, to: Target): boolean =>
  'podOf' in to && asPicked(cluster, workloadNamed(cluster, to.podOf)).proxy.isDoor;

/** Each form of a name by itself, for that without a namespace means another Service elsewhere. */
function namesOf(cluster: Cluster, to: Target): Asked['language'][] {
  const dialled = dialledName(cluster, to);
  const service = 'host' in to ? calledService(cluster, dialled) : undefined;
  const said = service?.kind === 'Service' ? serviceNameOf(cluster, dialled) : undefined;
  if (!service || !said)
    return [exactly(dialled), ...(service ? [matching(`${dialled} in any form`, `${literal(dialled)}\\.?${ENDING}`)] : [])];
  const [own, before] = [`${said.name}.${said.namespaceName}`, isHeadless(service) ? String.raw`(?:[^.]+\.)*` : ''];
  const full = `${literal(own)}(?:\\.svc(?:${literal(`.${cluster.clusterDomain}`)}\\.?)?)?`;
  return [
    exactly(dialled),
    matching(`${own} in any form`, `${before}${full}${ENDING}`),
    matching(`${said.name} without a namespace`, `${before}${literal(said.name)}${ENDING}`),
  ];
}

const ENDING = '(?::[0-9]+)?';

/** Names that some Service has for somebody: what a sidecar makes of them is no example of what it makes of others. */
export const namesTaken = perCluster((cluster: Cluster): ReadonlySet<string> => {
  const names = servicesOf(cluster).flatMap(({ hosts }) => hosts.map((host) => host.toLowerCase()));
  return new Set(names.flatMap((name) => [name, ...formsOf(cluster, name)]));
});

function formsOf(cluster: Cluster, host: string): string[] {
  const said = serviceNameOf(cluster, host);
  if (!said) return [];
  const own = `${said.name}.${said.namespaceName}`;
  return [said.name, own, `${own}.svc`];
}

/** Somebody on the way looks at the host that a client writes. */
export function looksAtHosts(cluster: Cluster, policies: Iterable<AuthorizationPolicy>, virtual: readonly VirtualService[]): boolean {
  const isInPolicy = [...policies].some(({ rules }) =>
    rules.some(({ to }) => to.some(({ hosts, notHosts }) => (hosts ?? notHosts) !== undefined)),
  );
  return (
    isInPolicy || virtual.some((one) => followedRoutes(cluster, one).some(({ matches }) => matches?.some(({ authority }) => authority)))
  );
}

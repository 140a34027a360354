import type { Cluster } from '../../cluster/cluster';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { perCluster } from '../../cluster/per-cluster';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import type { Proxy, ProxyName } from '../../cluster/workloads/proxies';
import { workloadsOf } from '../../cluster/workloads/workloads';
import { CORE } from '../../istio/api-groups';
import { sortedBy } from '../../support/ordering';
import { speakerOf } from '../../verdict/requests/callers';
import type { Caller } from '../../verdict/requests/request';
import { callersIn } from '../callers-in';
import { callersNamed } from '../names';
import { isGatewayPod, nodeIdOf } from './nodes';

/** Callers who are told together as long as they fare alike: those within a crowd fare as it does, or have a word of their own. */
export interface Crowd {
  readonly id: string;
  readonly title: string;
  readonly namespaceName?: string;
  /** Somebody of it of whom nobody has heard; none where the crowds within have to agree. */
  readonly stranger?: Caller;
  readonly crowds: readonly Crowd[];
  readonly members: readonly Member[];
}

/** A caller with a name. */
export interface Member {
  readonly caller: Caller;
  readonly name: string;
  /** Id of the node that stands for it. */
  readonly node: string;
  readonly place: Place;
}

interface Place {
  readonly namespaceName: string;
  readonly proxy: PodProxy;
}

type PodProxy = Extract<ProxyName, 'sidecar' | 'ztunnel' | 'none'>;

// Names that no object can have: whoever is meant is named by no policy.
const UNKNOWN = '-';

const WORDS: Readonly<Record<PodProxy, string>> = { sidecar: 'with a sidecar', ztunnel: 'in ambient', none: 'outside the mesh' };

/** Everybody who may call from within the cluster, from the widest crowd down to single workloads. */
export const everybodyIn = perCluster((cluster: Cluster): Crowd => {
  const members = membersIn(cluster);
  const places = placesIn(cluster, members);
  const inMesh = (['sidecar', 'ztunnel'] as const).filter((proxy) => places.some((place) => place.proxy === proxy));
  const planes = inMesh.map((proxy) =>
    crowdOf(proxy, inMesh.length > 1 ? `anybody ${WORDS[proxy]}` : 'anybody in the mesh', places, members),
  );
  const mesh = planes.length > 1 ? [around('anybody in the mesh', planes)] : planes;
  const all = [...mesh, crowdOf('none', 'anybody outside the mesh', places, members)];
  return around('anybody', all);
});

function around(title: string, crowds: readonly Crowd[]): Crowd {
  return { id: title, title, crowds, members: [] };
}

function crowdOf(proxy: PodProxy, title: string, places: readonly Place[], members: readonly Member[]): Crowd {
  const own = places.filter((place) => place.proxy === proxy);
  const crowds = own.map((place): Crowd => {
    const { namespaceName } = place;
    const isOnly = places.every((other) => other === place || other.namespaceName !== namespaceName);
    return {
      id: `anybody/${namespaceName}/${proxy}`,
      title: `anybody in ${namespaceName}${isOnly ? '' : ` ${WORDS[proxy]}`}`,
      namespaceName,
      stranger: strangerIn(namespaceName, proxy),
      crowds: [],
      members: members.filter((member) => member.place.namespaceName === namespaceName && member.place.proxy === proxy),
    };
  });
  return { id: title, title, stranger: strangerIn(UNKNOWN, proxy), crowds, members: [] };
}

function strangerIn(namespace: string, proxy: PodProxy): Caller {
  return { pod: { namespace, serviceAccount: UNKNOWN, proxy } };
}

/** Namespaces, each once for every way in which its pods are in the mesh or out of it. */
function placesIn(cluster: Cluster, members: readonly Member[]): Place[] {
  const written = objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name);
  const names = [...written, ...members.map(({ place }) => place.namespaceName)];
  const usual = names.map((namespaceName) => ({ namespaceName, proxy: podProxy(proxyInNamespace(cluster, namespaceName)) }));
  const all = [...usual, ...members.map(({ place }) => place)];
  return sortedBy(new Map(all.map((place) => [placeName(place), place])).values(), placeName);
}

const placeName = ({ namespaceName, proxy }: Place): string => `${namespaceName} ${proxy}`;

const podProxy = ({ name, standsBeforePods }: Proxy): PodProxy => (standsBeforePods ? (name as PodProxy) : 'none');

/** Workloads, and accounts that policies name and nobody has. Gateways call where their routes lead, which is told elsewhere. */
function membersIn(cluster: Cluster): Member[] {
  const callers = workloadsOf(cluster).filter((workload) => !isGatewayPod(cluster, workload));
  const workloads = callers.map((workload): Member => {
    const { key, namespaceName, proxy } = workload;
    return {
      caller: { workload: key },
      name: key,
      node: nodeIdOf(cluster, workload),
      place: { namespaceName, proxy: podProxy(proxy) },
    };
  });
  const accounts = callersIn(cluster).filter((name) => /^(pod|meshed):.*\//.test(name));
  const named = accounts.flatMap((name) =>
    callersNamed(cluster, name).map((caller): Member => {
      const { namespaceName, proxy } = speakerOf(cluster, caller);
      return { caller, name, node: `account ${name.replace(/^\w+:/, '')}`, place: { namespaceName, proxy: podProxy(proxy) } };
    }),
  );
  return sortedBy([...workloads, ...named], ({ name }) => name);
}

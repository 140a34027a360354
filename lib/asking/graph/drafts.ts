import type { Cluster } from '../../cluster/cluster';
import { speakerOf } from '../../verdict/requests/callers';
import { type Call, callsTo } from './calls';
import type { Crowd, Member } from './crowds';
import type { Fate } from './fates';
import { type Placed, placedById, planeWord } from './nodes';
import { protocolOf } from './protocols';

/** An edge whose objects have no ids yet. */
export interface Draft {
  readonly caller: Placed;
  /** Id of the node that is called. */
  readonly callee: string;
  readonly port: number;
  readonly protocol: string;
  readonly workloads: readonly string[];
  readonly butNot: readonly string[];
  readonly whoever: boolean;
  readonly fate: Fate;
}

/** Who within the cluster calls a node, on each of its ports. */
export function draftsTo(cluster: Cluster, { id, service }: Placed): Draft[] {
  const ports = service?.ports.filter(({ protocol }) => protocol !== 'UDP') ?? [];
  return ports.flatMap((port) => {
    const calls = callsTo(cluster, { host: service!.hosts[0], port: port.number }) ?? [TOO_FINE];
    const said = { callee: id, port: port.number, protocol: protocolOf(service!, port) };
    return calls.flatMap((call) => draftsOf(cluster, call).map((one) => ({ ...said, ...one })));
  });
}

const TOO_FINE: Call = {
  crowd: { id: 'anybody', title: 'anybody', crowds: [], members: [] },
  members: [],
  butNot: [],
  fates: [
    {
      requests: ['any'],
      mtls: 'unclear',
      enforcedAt: 'nothing',
      shares: [],
      decidedBy: [],
      routedBy: [],
      unknown: 'its requests are told apart in more combinations than are tried',
    },
  ],
};

type Calling = Pick<Draft, 'caller' | 'workloads' | 'butNot' | 'whoever' | 'fate'>;

function draftsOf(cluster: Cluster, { crowd, members, butNot, fates }: Call): Calling[] {
  const caller = crowd ? crowdNode(cluster, crowd) : memberNode(cluster, members[0]);
  const workloads = members.map(({ name }) => name);
  return fates.map((fate) => ({ caller, workloads, butNot, whoever: crowd !== undefined && isOpen(fate), fate }));
}

const LIMITING: readonly string[] = ['AuthorizationPolicy', 'NetworkPolicy'];

function isOpen({ decidedBy, unknown }: Fate): boolean {
  return unknown === undefined && decidedBy.every(({ kind }) => !LIMITING.includes(kind));
}

function crowdNode(cluster: Cluster, { id, title, namespaceName, stranger }: Crowd): Placed {
  const plane = stranger ? planeWord(speakerOf(cluster, stranger).proxy) : 'none';
  return { id, kind: 'anybody', name: title, namespaceName, plane, title, objects: [] };
}

function memberNode(cluster: Cluster, { node, name, caller, place }: Member): Placed {
  const known = placedById(cluster).get(node);
  if (known) return known;
  const account = name.slice(name.indexOf(':') + 1);
  const plane = planeWord(speakerOf(cluster, caller).proxy);
  const title = `pods under ServiceAccount ${account}, which no manifest has`;
  const { namespaceName } = place;
  return { id: node, kind: 'workload', name: account.slice(namespaceName.length + 1), namespaceName, plane, title, objects: [] };
}

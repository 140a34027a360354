import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { isPartyOf, partyOf } from '../../../graph/party-of';
import type { PartyFacts } from '../../../model/party';
import type { NamespaceFacts } from '../../../model/namespace-facts';
import { OF_THE_MESH, type TelemetryTarget } from '../../../model/observability/telemetry';
import { planeOf } from '../../../planes/plane-of';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import type { Kind } from '../../../support/options/kind';
import type { IObservedGateway } from '../../../values/observability/observed-gateway';
import type { IMeshNamespace } from '../../namespace/i-mesh-namespace';
import type { MeshedService } from '../../service/meshed-service';

/** For whom a Telemetry is asked for; nobody named is the whole mesh. */
interface Asked {
  readonly inNamespace?: IMeshNamespace;
  readonly waypointOf?: IMeshNamespace;
  readonly service?: MeshedService;
  readonly gateway?: IObservedGateway;
}

/** Whom a Telemetry is about; the construct of it, but for the mesh. */
export interface Observed {
  readonly target: TelemetryTarget;
  readonly owner?: Construct;
}

/** A gateway at the edge of the mesh, whoever makes it, or the one of ours by which it is left. */
export const OBSERVED_GATEWAY: Kind<IObservedGateway> = {
  wanted: 'a gateway',
  example: 'what new IngressGateway, IngressGateway.fromAttributes or new EgressGateway gives',
  isOne: (value) => isPartyOf(['gateway', 'egress'], value),
};

const WORDS = ['inNamespace', 'waypointOf', 'service', 'gateway'] as const;

/** Finds the proxies that a Telemetry is about, and refuses where there are none or several. */
export function observedBy(at: Construct, asked: Asked): Observed {
  const all = WORDS.filter((word) => asked[word] !== undefined);
  if (all.length === 0) return { target: OF_THE_MESH };
  if (all.length > 1) {
    refuse(
      at,
      'MESH852',
      'a Telemetry is about one of these, or about the whole mesh',
      all.join(' and '),
      'declare one Telemetry for each',
    );
  }
  const [word] = all;
  const owner = asked[word] as Construct & IMeshNamespace;
  if (owner.node.root !== at.node.root) {
    refuse(
      at,
      'MESH872',
      'a Telemetry stands in the App of whom it is about',
      `${owner.node.path} of another App`,
      'declare it beside that',
    );
  }
  const graph = MeshGraph.of(at);
  if (word === 'gateway') return { target: gatewayTarget(at, graph, partyOf(at, owner, graph)), owner };
  if (word === 'service') return { target: { kind: word, key: partyOf(at, owner, graph).key }, owner };
  if (word === 'inNamespace' && owner.namespaceName === graph.useSettings().rootNamespace) return { target: OF_THE_MESH, owner };
  if (word === 'waypointOf') requireWaypoint(at, graph.namespaces.get(owner.namespaceName)!);
  return { target: { kind: word === 'waypointOf' ? 'waypoint' : 'namespace', key: owner.namespaceName }, owner };
}

// Where routes are at waypoints, the way out is the one of its namespace.
function gatewayTarget(at: Construct, graph: MeshGraph, { kind, key, namespaceName }: PartyFacts): TelemetryTarget {
  const facts = graph.namespaces.get(namespaceName);
  if (kind !== 'egress' || !planeOf(facts!).routesAtWaypoint) return { kind: 'gateway', key };
  requireWaypoint(at, facts!);
  return { kind: 'waypoint', key: namespaceName };
}

function requireWaypoint(at: Construct, facts: NamespaceFacts): void {
  const { name, waypointHome: home } = facts;
  if (!planeOf(facts).hasWaypoints) {
    const fix = 'say inNamespace in place of waypointOf: its sidecars do what a waypoint would';
    refuse(at, 'MESH888', 'a namespace with sidecars has no waypoint', `namespace ${name}`, fix);
  }
  if (home === undefined) return;
  const fix = 'name that namespace; or say inNamespace: a waypoint obeys the Telemetry of the namespace of a service too';
  refuse(at, 'MESH887', 'the waypoint is of the namespace that is named', `namespace ${name}, which shares the one of ${home}`, fix);
}

function refuse(at: Construct, code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

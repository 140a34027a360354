import type { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import type { MeshSettings } from '../../../graph/mesh-settings';
import type { NamespaceState } from '../../../model/namespace-facts';
import type { Port } from '../../../model/port';
import type { WrittenMeshFacts, WrittenNamespace, WrittenService } from '../../../model/written/written-mesh';
import { MeshError } from '../../../support/mesh-error';
import { optional, struct, TEXT } from '../../../support/options/kind';
import { nearestOf } from '../../../support/options/nearest';
import { requireOptions } from '../../../support/options/require-options';
import { WRITTEN_MESH, type WrittenMesh } from '../../../values/written/written-mesh';
import { requireSameMesh } from '../../namespace/written/require-same-mesh';
import { waypointHere } from '../../namespace/written/written-namespace';
import type { KnownService } from '../imported-service';
import { saidThere } from './said-there';

/** A service as another program has written it. */
export interface WrittenServiceAttributes {
  /** What the other program has written. */
  readonly mesh: WrittenMesh;

  /**
   * Name of its Service.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Namespace that it lives in.
   * @default - the only one in which that program makes a service of this name
   */
  readonly namespaceName?: string;
}

/** What the other program says of it. */
export function serviceOfMesh(at: Construct, settings: MeshSettings, attributes: WrittenServiceAttributes): KnownService {
  requireOptions(at, attributes, WRITTEN_SERVICE_ATTRIBUTES);
  const mesh = requireSameMesh(at, settings, attributes.mesh._facts);
  const service = serviceIn(at, mesh, attributes);
  const { name, namespaceName, serviceAccountName, host, podLabels, addresses, networks, ports } = service;
  const namespace = stateThere(
    settings,
    service,
    mesh.namespaces.find((one) => one.name === namespaceName),
  );
  const said = saidThere(mesh, service, settings);
  const known = { name, namespaceName, serviceAccountName, host, podLabels, addresses, networks, ports: ports.map(spoken) };
  return { ...known, namespace, cluster: () => clusterThere(MeshGraph.of(at).settings, mesh), said };
}

const WRITTEN_SERVICE_ATTRIBUTES = struct<WrittenServiceAttributes>({
  mesh: WRITTEN_MESH,
  name: optional(TEXT),
  namespaceName: optional(TEXT),
});

function serviceIn(at: Construct, mesh: WrittenMeshFacts, attributes: WrittenServiceAttributes): WrittenService {
  const { name = at.node.id, namespaceName } = attributes;
  const found = mesh.services.filter((one) => one.name === name && (namespaceName ?? one.namespaceName) === one.namespaceName);
  if (found.length === 1) return found[0];
  if (found.length === 0) refuseUnknown(at, mesh, name, namespaceName);
  throw new MeshError({
    code: 'MESH948',
    at,
    what: `one service of ${mesh.source} is meant`,
    got: `${name}, which is there in ${found.map((one) => one.namespaceName).join(' and ')}`,
    fix: `set namespaceName: '${found[0].namespaceName}' or the other one`,
  });
}

function refuseUnknown(at: Construct, { source, services, others }: WrittenMeshFacts, name: string, namespaceName?: string): never {
  const known = services.map(nameOf);
  const asked = namespaceName === undefined ? name : `${namespaceName}/${name}`;
  const near =
    nearestOf(asked, known) ??
    known.find((one) =>
      one.endsWith(
        `/${nearestOf(
          name,
          services.map((each) => each.name),
        )}`,
      ),
    );
  const other = others.find((one) => one.name === name && (namespaceName ?? one.namespaceName) === one.namespaceName);
  const there = known.length === 0 ? 'it makes none' : `there are ${known.join(', ')}`;
  throw new MeshError({
    code: 'MESH947',
    at,
    what: `a service of ${source} is one that its program makes`,
    got:
      other === undefined
        ? asked
        : `${nameOf(other)}, a ${other.kind} there, which ${other.kind === 'service' ? 'somebody else makes' : 'is no service'}`,
    fix: `${near === undefined ? '' : `did you mean ${near}? `}${there}`,
  });
}

/** The other cluster in which the service is, where both programs say theirs. */
function clusterThere({ cluster: ours }: MeshSettings, { cluster: theirs }: WrittenMeshFacts): string | undefined {
  return ours && theirs && ours.name !== theirs.name ? theirs.name : undefined;
}

function nameOf({ namespaceName, name }: Pick<WrittenService, 'namespaceName' | 'name'>): string {
  return `${namespaceName}/${name}`;
}

// What its pods take besides mutual TLS, and how long requests may take, its own program writes.
function spoken({ name, number, targetPort, appProtocol, readsHttp }: Port): Port {
  return { name, number, targetPort, appProtocol, readsHttp };
}

function stateThere(settings: MeshSettings, service: WrittenService, namespace: WrittenNamespace | undefined): NamespaceState {
  const { namespaceName, dataPlane, waypoint } = service;
  return {
    name: namespaceName,
    mode: dataPlane,
    migration: namespace?.migration,
    waypoint: waypoint && waypointHere(settings, waypoint),
    zeroTrust: false,
    owned: false,
    enrolled: true,
  };
}

import type { Construct } from 'constructs';
import { type MeshSettings, waypointNamed } from '../../../graph/mesh-settings';
import type { DataPlaneMode, WaypointFacts } from '../../../model/namespace-facts';
import type { WrittenMeshFacts, WrittenNamespace } from '../../../model/written/written-mesh';
import { MeshError } from '../../../support/mesh-error';
import { optional, struct, TEXT } from '../../../support/options/kind';
import { nearestOf } from '../../../support/options/nearest';
import { requireOptions } from '../../../support/options/require-options';
import { DataPlane, type SidecarOptions } from '../../../values/mesh/data-plane';
import { Infrastructure } from '../../../values/mesh/infrastructure';
import { Migration } from '../../../values/mesh/migration';
import { WRITTEN_MESH, type WrittenMesh } from '../../../values/written/written-mesh';
import type { KnownNamespace } from '../imported-namespace';
import { requireSameMesh } from './require-same-mesh';

/** A namespace as another program has written it. */
export interface WrittenNamespaceAttributes {
  /** What the other program has written. */
  readonly mesh: WrittenMesh;

  /**
   * Its name in the cluster.
   * @default - the construct's id
   */
  readonly name?: string;
}

/** What the other program says of it. */
export function namespaceOfMesh(at: Construct, settings: MeshSettings, attributes: WrittenNamespaceAttributes): KnownNamespace {
  requireOptions(at, attributes, WRITTEN_NAMESPACE_ATTRIBUTES);
  const mesh = requireSameMesh(at, settings, attributes.mesh._facts);
  const { name, zeroTrust, stage, networkLayer, closedByMesh, waypoint, infrastructure, ...plane } = namespaceIn(
    at,
    mesh,
    attributes.name ?? at.node.id,
  );
  return {
    name,
    dataPlane: planeThere(plane),
    waypoint: waypoint && waypointHere(settings, waypoint),
    zeroTrust,
    stage,
    networkLayer,
    closedByMesh,
    infrastructure: infrastructure ?? Infrastructure.of()._facts,
  };
}

const WRITTEN_NAMESPACE_ATTRIBUTES = struct<WrittenNamespaceAttributes>({ mesh: WRITTEN_MESH, name: optional(TEXT) });

function namespaceIn(at: Construct, { source, namespaces }: WrittenMeshFacts, name: string): WrittenNamespace {
  const joined = namespaces.filter(({ enrolled }) => enrolled);
  const found = joined.find((one) => one.name === name);
  if (found) return found;
  const known = joined.map((one) => one.name);
  const near = nearestOf(name, known);
  throw new MeshError({
    code: 'MESH946',
    at,
    what: `a namespace of ${source} is one that its program puts into the mesh`,
    got: name,
    fix:
      known.length === 0
        ? 'declare it in that program first, which has none'
        : `${near === undefined ? '' : `did you mean ${near}? `}there are ${known.join(', ')}`,
  });
}

/** The way in which pods join the mesh, as options say it. */
function planeThere({ mode, migration, revision }: Pick<WrittenNamespace, 'mode' | 'migration' | 'revision'>): DataPlane {
  return migration
    ? DataPlane.ambient({ revision, migration: migration.wave === 0 ? Migration.PREPARE : Migration.wave(migration.wave) })
    : PLANES[mode]({ revision });
}

const PLANES: Readonly<Record<DataPlaneMode, (options: SidecarOptions) => DataPlane>> = {
  sidecar: (options) => DataPlane.sidecar(options),
  ambient: (options) => DataPlane.ambient(options),
  unknown: (options) => DataPlane.sidecar(options),
};

/** A waypoint there by its name, under the trust domain by which this program names identities. */
export function waypointHere(settings: MeshSettings, { namespaceName, name, canary }: WaypointFacts): WaypointFacts {
  const second = canary && { ...waypointNamed(settings, canary.namespaceName, canary.name), weight: canary.weight };
  return waypointNamed(settings, namespaceName, name, second);
}

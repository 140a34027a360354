import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PLANE_LABELS, USE_WAYPOINT } from '../../istio/labels';
import * as security from '../../../imports/security.istio.io';
import { HomeState } from '../../graph/namespace-state';
import type { MeshRegistry } from '../../graph/mesh-registry';
import { principalOf } from '../../graph/mesh-settings';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { planeOf } from '../../planes/plane-of';
import { CallSite } from '../../support/call-site';
import { requireKnown } from '../../support/known';
import { MeshError } from '../../support/mesh-error';
import { requireNamespaceName } from '../../support/object-names';
import type { DataPlane } from '../../values/mesh/data-plane';
import type { MTls } from '../../values/mesh/mtls';
import { amendManifest, type Manifest } from '../tree/amend-manifest';
import { joinApp } from '../tree/join-app';
import { setHousehold } from './namespace-of';
import { lazy } from '../tree/lazy';
import { reserveWaypoint } from './reserve-waypoint';

export interface NamespaceParts {
  readonly name: string;
  readonly dataPlane: DataPlane;
  readonly labels: Readonly<Record<string, string>>;
  readonly mtls?: MTls;
  readonly zeroTrust: boolean;
  readonly infrastructure: InfrastructureFacts;
}

/** What every namespace of our making has: its name in the registry, the Namespace with the plane's labels, mutual TLS, room for a waypoint. */
export function declareNamespace(scope: Construct, parts: NamespaceParts): { home: HomeState; resource: ApiObject } {
  const registry = joinApp(scope);
  const { dataPlane, mtls } = parts;
  requireKnown(scope, parts, ['infrastructure']);
  const name = requireNamespaceName(scope, parts.name);
  requireLabels(scope, parts.labels);
  const home = new HomeState({
    name,
    mode: dataPlane._facts.mode,
    waypointPolicy: dataPlane._facts.waypointPolicy,
    waypoint: { name: 'waypoint', namespaceName: name, principal: principalOf(registry.settings, name, 'waypoint') },
    zeroTrust: parts.zeroTrust,
    owned: true,
    enrolled: true,
    mtls,
    path: scope.node.path,
    site: CallSite.here(),
  });
  addHome(scope, registry, home);
  setHousehold(scope, { home, dataPlane, infrastructure: parts.infrastructure });

  const resource = registry.own(makeNamespace(scope, home, parts));
  if (mtls) {
    const spec = { mtls: { mode: security.PeerAuthenticationSpecMtlsMode[mtls] } };
    registry.own(new security.PeerAuthentication(scope, 'PeerAuthentication', { metadata: { name: 'default', namespace: name }, spec }));
  }
  reserveWaypoint(scope, registry, home, parts);
  return { home, resource };
}

export function addHome(scope: Construct, registry: MeshRegistry, home: HomeState): void {
  const other = registry.homes.get(home.name);
  if (other?.enrolled) {
    throw new MeshError({
      code: 'MESH041',
      at: scope,
      what: 'a namespace is declared once',
      got: `${home.name}, which ${other.path} has declared already`,
      fix: 'drop one of them, or give it another name',
    });
  }
  if (other) {
    throw new MeshError({
      code: 'MESH014',
      at: scope,
      what: 'a namespace is declared before anything that lives in it',
      got: `${home.name}, which ${other.path || 'a chart'} uses already`,
      fix: 'declare it first, and put services inside the construct that declares it',
    });
  }
  registry.addHome(home);
}

function makeNamespace(scope: Construct, home: HomeState, { name, dataPlane, labels }: NamespaceParts): ApiObject {
  const namespace = new k8s.KubeNamespace(scope, 'Resource', {
    metadata: {
      name,
      labels: {
        ...labels,
        ...planeOf(home).namespaceLabels(dataPlane.revision),
        [USE_WAYPOINT]: lazy(() => home.waypoint?.name),
      },
    },
  });
  // A chart gives its namespace to every object in it, and a Namespace has none.
  amendManifest(namespace, (manifest) => ({ ...manifest, metadata: withoutNamespace(manifest.metadata as Manifest) }));
  return namespace;
}

function withoutNamespace({ namespace: _, ...metadata }: Manifest): Manifest {
  return metadata;
}

function requireLabels(scope: Construct, labels: Readonly<Record<string, string>>): void {
  const own = PLANE_LABELS.find((label) => label in labels);
  if (own === undefined) return;
  throw new MeshError({
    code: 'MESH034',
    at: scope,
    what: 'how a namespace joins the mesh is said by its dataPlane alone',
    got: `label ${own}: ${labels[own]}`,
    fix: 'drop the label; DataPlane.sidecar({ revision }) and Waypoint say the same',
  });
}

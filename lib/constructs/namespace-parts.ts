import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as security from '../../imports/security.istio.io';
import { HomeState } from '../access/home-state';
import type { MeshRegistry } from '../access/mesh-registry';
import { principalOf } from '../access/mesh-settings';
import type { InfrastructureFacts } from '../model/infrastructure-facts';
import { planeOf } from '../planes';
import { CallSite } from '../support/call-site';
import { checkKnown } from '../support/known';
import { MeshError } from '../support/mesh-error';
import { checkNamespaceName } from '../support/object-names';
import type { DataPlane } from '../values/data-plane';
import type { MTls } from '../values/mtls';
import { completeWith, type Manifest } from './complete';
import { enter } from './enter';
import { setHousehold } from './home-of';
import { late } from './late';
import { reserveWaypoint } from './waypoint-parts';

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
  const registry = enter(scope);
  const { dataPlane, mtls } = parts;
  checkKnown(scope, parts, ['infrastructure']);
  const name = checkNamespaceName(scope, parts.name);
  checkLabels(scope, parts.labels);
  const home = new HomeState({
    name,
    mode: dataPlane._mode,
    waypointPolicy: dataPlane.waypoint._policy,
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
        'istio.io/use-waypoint': late(() => home.waypoint?.name),
      },
    },
  });
  // A chart gives its namespace to every object in it, and a Namespace has none.
  completeWith(namespace, (manifest) => ({ ...manifest, metadata: withoutNamespace(manifest.metadata as Manifest) }));
  return namespace;
}

function withoutNamespace({ namespace: _, ...metadata }: Manifest): Manifest {
  return metadata;
}

const PLANE_LABELS = [
  'istio-injection',
  'istio.io/rev',
  'istio.io/dataplane-mode',
  'istio.io/use-waypoint',
  'istio.io/use-waypoint-namespace',
];

function checkLabels(scope: Construct, labels: Readonly<Record<string, string>>): void {
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

import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { type MeshSettings, waypointNamed, withProviders } from '../../graph/mesh-settings';
import { settledOf } from '../../graph/settle';
import { PEER_AUTHENTICATION_NAME } from '../../istio/defaults';
import {
  PLANE_LABELS,
  POD_SECURITY,
  POD_SECURITY_WARNINGS,
  USE_WAYPOINT,
  USE_WAYPOINT_CANARY,
  USE_WAYPOINT_CANARY_NAMESPACE,
  USE_WAYPOINT_CANARY_WEIGHT,
  USE_WAYPOINT_NAMESPACE,
} from '../../istio/labels';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { type Closing, hasPolicies, type NamespaceFacts, type WaypointFacts } from '../../model/namespace-facts';
import { planeOf } from '../../planes/plane-of';
import { podSecurityLabels } from '../../render/kubernetes/pod-security';
import { renderPeerAuthentication } from '../../render/policies/peer-authentication';
import { CallSite } from '../../support/call-site';
import { requireLabels } from '../../support/bounds/label-syntax';
import { MeshError } from '../../support/mesh-error';
import { requireNamespaceName } from '../../support/object-names';
import type { DataPlane } from '../../values/mesh/data-plane';
import type { PodSecurity } from '../../values/mesh/pod-security';
import type { MTls } from '../../values/workload/mtls';
import { amendManifest, type Manifest } from '../tree/amend-manifest';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { addNamespace } from './add-namespace';
import type { DeclaredNamespace } from './namespace-of';
import { reserveWaypoint } from './reserve-waypoint';

export interface NamespaceOptions {
  readonly name: string;
  readonly dataPlane: DataPlane;
  readonly labels: Readonly<Record<string, string>>;
  readonly mtls?: MTls;
  readonly closing: Closing;
  readonly podSecurity?: PodSecurity;
  readonly infrastructure: InfrastructureFacts;
}

/** What every namespace of our making has: its name in the graph, the Namespace with the plane's labels, mutual TLS, room for a waypoint. */
export function declareNamespace(scope: Construct, options: NamespaceOptions): { declared: DeclaredNamespace; resource: ApiObject } {
  const graph = joinApp(scope);
  const { dataPlane, mtls, podSecurity, closing } = options;
  const name = requireNamespaceName(scope, options.name);
  requireForeignLabels(scope, options.labels);
  const infrastructure = withProviders(graph.settings, options.infrastructure);
  const facts: NamespaceFacts = {
    name,
    ...dataPlane._facts,
    revision: dataPlane.revision,
    infrastructure: hasPolicies(closing) ? infrastructure : undefined,
    possibleWaypoint: possibleWaypoint(graph.useSettings(), name, dataPlane),
    ...closing,
    owned: true,
    enrolled: true,
    mtls: mtls?._facts.mode,
    podSecurity: podSecurity?._facts,
    path: scope.node.path,
    site: CallSite.here(),
  };
  const declared = { facts, dataPlane, infrastructure };
  addNamespace(scope, graph, declared);

  const resource = makeNamespace(scope, declared, options.labels);
  if (mtls) graph.addMtls({ level: 'namespace', namespaceName: name, path: facts.path, site: facts.site }, mtls._facts);
  makeMtls(scope, facts);
  reserveWaypoint(scope, declared);
  return { declared, resource };
}

function possibleWaypoint(settings: MeshSettings, name: string, { _facts: { waypointCanary } }: DataPlane): WaypointFacts {
  const beside = waypointCanary && { ...waypointNamed(settings, name, 'waypoint-canary'), weight: waypointCanary.weight };
  return waypointNamed(settings, name, 'waypoint', beside);
}

// Said even where the mesh decides: what the last stage says has to go with it. STRICT of the mesh is said again, for beside UNSET and a port that takes plaintext istiod
// tells ztunnel of neither.
function makeMtls(scope: Construct, { name: namespace, mtls, stage }: NamespaceFacts): void {
  if (!(mtls ?? stage)) return;
  const ofMesh = (): 'STRICT' | 'UNSET' => (MeshGraph.of(scope).meshMtls === 'STRICT' ? 'STRICT' : 'UNSET');
  const spec = lazy(() => renderPeerAuthentication(mtls ?? ofMesh()));
  makeObject(scope, 'PeerAuthentication', security.PeerAuthentication, { name: PEER_AUTHENTICATION_NAME, namespace }, spec);
}

function makeNamespace(scope: Construct, { facts, dataPlane }: DeclaredNamespace, labels: NamespaceOptions['labels']): ApiObject {
  const plane = planeOf(facts);
  const waypoint = () => (plane.sendsToWaypoints ? settledOf(scope).waypoint(facts) : undefined);
  const namespace = makeObject(scope, 'Resource', k8s.KubeNamespace, {
    name: facts.name,
    labels: {
      ...labels,
      ...plane.namespaceLabels(dataPlane.revision),
      [USE_WAYPOINT]: lazy(() => waypoint()?.name),
      [USE_WAYPOINT_NAMESPACE]: lazy(() => otherThan(facts.name, waypoint()?.namespaceName)),
      [USE_WAYPOINT_CANARY]: lazy(() => waypoint()?.canary?.name),
      [USE_WAYPOINT_CANARY_NAMESPACE]: lazy(() => otherThan(facts.name, waypoint()?.canary?.namespaceName)),
      ...podSecurityOf(scope, facts, labels),
    },
    annotations: { [USE_WAYPOINT_CANARY_WEIGHT]: lazy(() => shareOf(waypoint())) },
  });
  // A chart gives its namespace to every object in it, and a Namespace has none.
  amendManifest(namespace, (manifest) => ({ ...manifest, metadata: withoutNamespace(manifest.metadata as Manifest) }));
  return namespace;
}

function shareOf(waypoint: WaypointFacts | undefined): string | undefined {
  const weight = waypoint?.canary?.weight;
  return weight === undefined ? undefined : String(weight);
}

/** A label that somebody has given warns as it says; nobody but the namespace itself says what is refused. */
function podSecurityOf(scope: Construct, facts: NamespaceFacts, labels: NamespaceOptions['labels']): Record<string, string> {
  const said = () => podSecurityLabels(facts, MeshGraph.of(scope).settings.cni, settledOf(scope).isUnrestricted(facts.name));
  const value = (label: string) => lazy(() => labels[label] ?? said()[label]);
  return { [POD_SECURITY]: value(POD_SECURITY), [POD_SECURITY_WARNINGS]: value(POD_SECURITY_WARNINGS) };
}

function withoutNamespace({ namespace: _, ...metadata }: Manifest): Manifest {
  return metadata;
}

function requireForeignLabels(scope: Construct, labels: Readonly<Record<string, string>>): void {
  requireLabels(scope, 'labels', labels);
  if (POD_SECURITY in labels) {
    throw new MeshError({
      code: 'MESH874',
      at: scope,
      what: 'what Kubernetes refuses of the pods of a namespace is said by its podSecurity, with a reason where it is opened',
      got: `label ${POD_SECURITY}: ${labels[POD_SECURITY]}`,
      fix: 'drop the label and set podSecurity: PodSecurity.baseline({ reason }) or another level',
    });
  }
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

function otherThan(own: string, name: string | undefined): string | undefined {
  return name === own ? undefined : name;
}

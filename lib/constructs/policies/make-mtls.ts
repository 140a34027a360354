import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import type { MeshGraph } from '../../graph/mesh-graph';
import { PEER_AUTHENTICATION_NAME } from '../../istio/defaults';
import type { Weakening } from '../../model/mtls/weakening';
import { renderPeerAuthentication } from '../../render/policies/peer-authentication';
import type { MTls } from '../../values/mesh/mtls';
import { makeObject } from '../tree/make-object';

/** Who says it, and of whom. */
type Place = Omit<Weakening, 'mode' | 'until' | 'reason'>;

/** What a whole namespace, or the mesh in its root namespace, asks of callers. */
export function makeMtls(scope: Construct, graph: MeshGraph, place: Place, { _facts: said }: MTls): ApiObject {
  recordMtls(graph, place, said);
  const metadata = { name: PEER_AUTHENTICATION_NAME, namespace: place.namespaceName };
  return makeObject(scope, 'PeerAuthentication', security.PeerAuthentication, metadata, renderPeerAuthentication(said.mode));
}

/** Records a word that weakens mutual TLS, for the report. */
export function recordMtls(graph: MeshGraph, place: Place, said: MTls['_facts']): void {
  if (said.mode !== 'STRICT') graph.addWeakening({ ...place, ...said });
}

import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { NOBODY_KNOWN } from '../../graph/anyone';
import type { MeshGraph } from '../../graph/mesh-graph';
import { settledOf } from '../../graph/settle';
import type { PartyFacts } from '../../model/party';
import { renderWorkloadMtls } from '../../render/policies/peer-authentication';
import type { MTls } from '../../values/mesh/mtls';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { recordMtls } from './make-mtls';

/**
 * What a workload asks of callers otherwise than its namespace, on all ports or some, in the one PeerAuthentication that Istio reads for it. Ports that take
 * plaintext for good are opened to callers without an identity as well, each with its reason, and nothing else is.
 */
export function makeWorkloadMtls(scope: Construct, graph: MeshGraph, callee: PartyFacts, mtls?: MTls): void {
  const { path, site, key, name, namespaceName, podLabels = {} } = callee;
  const ports = callee.ports.filter((port) => port.plaintext !== undefined || port.mtls);
  if (ports.length === 0 && !mtls) return;
  const place = { namespaceName, service: key, path, site } as const;
  if (mtls) recordMtls(graph, { ...place, level: 'workload' }, mtls._facts);
  for (const port of ports) {
    if (port.mtls) recordMtls(graph, { ...place, level: 'port', port: port.number }, port.mtls);
    else
      graph.addCall({ caller: NOBODY_KNOWN, callee, action: 'ALLOW', ports: [port], plaintext: true, reason: port.plaintext, path, site });
  }
  const spec = lazy(() => renderWorkloadMtls(podLabels, mtls?._facts.mode, ports, settledOf(scope).party(callee).namespace));
  makeObject(scope, 'PeerAuthentication', security.PeerAuthentication, { name, namespace: namespaceName }, spec);
}

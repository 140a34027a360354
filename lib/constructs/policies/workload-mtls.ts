import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { NOBODY_KNOWN } from '../../graph/anyone';
import type { MeshGraph } from '../../graph/mesh-graph';
import { settledOf } from '../../graph/settle';
import type { MtlsFacts } from '../../model/mtls/weakening';
import type { PartyFacts } from '../../model/party';
import { renderWorkloadMtls } from '../../render/policies/peer-authentication';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';

/**
 * What a workload asks of callers otherwise than its namespace, on all ports or some, in the one PeerAuthentication that Istio reads for it. Ports that take
 * plaintext for good are opened to callers without an identity as well, each with its reason, and nothing else is.
 */
export function makeWorkloadMtls(scope: Construct, graph: MeshGraph, callee: PartyFacts, mtls?: MtlsFacts): void {
  const { path, site, key, name, namespaceName, podLabels = {} } = callee;
  const ports = callee.ports.filter((port) => port.plaintext !== undefined || port.mtls);
  if (ports.length === 0 && !mtls) return;
  const place = { namespaceName, service: key, path, site } as const;
  if (mtls) graph.addMtls({ ...place, level: 'workload' }, mtls);
  for (const port of ports) {
    if (port.mtls) graph.addMtls({ ...place, level: 'port', port: port.number }, port.mtls);
    else
      graph.addCall({ caller: NOBODY_KNOWN, callee, action: 'ALLOW', ports: [port], plaintext: true, reason: port.plaintext, path, site });
  }
  const spec = lazy(() => renderWorkloadMtls(podLabels, mtls?.mode, ports, settledOf(scope).party(callee).namespace));
  makeObject(scope, 'PeerAuthentication', security.PeerAuthentication, { name, namespace: namespaceName }, spec);
}

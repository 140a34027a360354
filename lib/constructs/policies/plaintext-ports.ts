import type { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { NOBODY_KNOWN } from '../../graph/anyone';
import type { MeshGraph } from '../../graph/mesh-graph';
import { settledOf } from '../../graph/settle';
import type { PartyFacts } from '../../model/party';
import { renderPlaintextPorts } from '../../render/policies/peer-authentication';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';

/** Opens the ports of a workload that take plaintext, each with its reason, and nothing else. */
export function openPlaintextPorts(scope: Construct, graph: MeshGraph, callee: PartyFacts): void {
  const ports = callee.ports.filter(({ plaintext }) => plaintext !== undefined);
  if (ports.length === 0) return;
  const { path, site, name, namespaceName, podLabels = {} } = callee;
  for (const port of ports) {
    graph.addCall({ caller: NOBODY_KNOWN, callee, action: 'ALLOW', ports: [port], plaintext: true, reason: port.plaintext, path, site });
  }
  const spec = lazy(() => renderPlaintextPorts(podLabels, ports, settledOf(scope).party(callee).namespace));
  makeObject(scope, 'PeerAuthentication', security.PeerAuthentication, { name, namespace: namespaceName }, spec);
}

import { takenByZtunnel } from '../../../lib/rules/guarded/taken-by-ztunnel';
import type { DataPlaneMode } from '../../../lib/model/namespace-facts';
import type { Party } from '../../../lib/model/party';
import { findings, namespace, namespaceState, other, raw } from '../model-builder';

const kiali = (kind: Party['kind'], parts: Partial<Party> = {}) =>
  other(kind, 'kiali', { namespaceName: 'obs', namespace: namespaceState('obs', 'unknown'), isGuarded: true, host: HOST, ...parts });
const HOST = 'kiali.obs.svc.cluster.local';
const found = (party: Party, mode: DataPlaneMode, objects: ReturnType<typeof raw> = []) =>
  findings(takenByZtunnel, { others: [party], namespaces: [namespace('obs', mode)], objects });

describe(takenByZtunnel.title, () => {
  it('takes add-ons in the mesh, those in other namespaces, and what nobody guards', () => {
    expect(found(kiali('service'), 'ambient')).toEqual([]);
    expect(found(kiali('unmeshed'), 'sidecar')).toEqual([]);
    expect(found(kiali('unmeshed', { isGuarded: undefined }), 'ambient')).toEqual([]);
  });

  it('takes one whose pods are known: they say themselves how they join', () => {
    const objects = raw(`
apiVersion: v1
kind: Service
metadata: {name: kiali, namespace: obs}
spec: {selector: {app: kiali}, ports: [{port: 20001}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kiali, namespace: obs}
spec: {template: {metadata: {labels: {app: kiali, istio.io/dataplane-mode: none}}, spec: {containers: [{name: kiali}]}}}`);
    expect(found(kiali('unmeshed'), 'ambient', objects)).toEqual([]);
  });

  it('tells of one outside the mesh in a namespace whose pods are all in it', () => {
    expect(found(kiali('unmeshed'), 'ambient')).toMatchObject([{ on: { name: 'kiali' }, got: 'no dataPlane' }]);
  });
});

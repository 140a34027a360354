import { unknownGround } from '../../../lib/rules/tenants/unknown-ground';
import type { MeshModel } from '../../../lib/model/mesh-model';
import { findings, made, namespace, other, raw } from '../model-builder';

const buyers = (...names: string[]) => ({ name: 'buyers', path: 'p/buyers', namespaces: names, hosts: [], gateways: [], addresses: [] });
const ADMISSION = {
  path: 'p/buyers/Resource',
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  name: 'tenancy-buyers',
};
const admitted = [{ ...ADMISSION, made: true, manifest: {} }];
const found = (parts: Partial<MeshModel>) =>
  findings(unknownGround, { namespaces: [namespace('search', 'sidecar'), namespace('ingress', 'sidecar')], ...parts }).map(
    ({ got, fix }) => `${got}: ${fix}`,
  );

describe(unknownGround.title, () => {
  it('tells of a namespace that is written wrongly, and which was meant', () => {
    expect(found({ tenants: [buyers('serach')] })).toEqual([expect.stringMatching(/^serach: did you mean search\? Else leave it out/)]);
  });

  it('tells of a namespace that is like no other, for nothing holds there', () => {
    expect(found({ tenants: [buyers('warehouse')] })).toEqual([expect.stringMatching(/^warehouse: leave it out, or say admission: true/)]);
  });

  it('is silent about namespaces of the program, declared, raw, with an object in them or named by somebody', () => {
    const objects = raw(`
apiVersion: v1
kind: Namespace
metadata: { name: written }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: one, namespace: filled }`);
    const others = [other('service', 'elsewhere', { namespaceName: 'imported' })];
    expect(found({ objects, others, tenants: [buyers('search', 'written', 'filled', 'imported')] })).toEqual([]);
  });

  it('is silent about namespaces that others make, where the API server holds it', () => {
    expect(found({ objects: admitted, tenants: [buyers('warehouse')] })).toEqual([]);
    const taken = { ...buyers('search'), name: 'finders' };
    expect(found({ objects: admitted, tenants: [taken, buyers('search-b')] })).toEqual([]);
  });

  it('tells of one that the API server would hold elsewhere, beside another of the same tenant or like one of nobody', () => {
    expect(found({ objects: admitted, tenants: [buyers('search', 'warehouse')] })).toHaveLength(1);
    expect(found({ objects: admitted, tenants: [buyers('serach')] })).toHaveLength(1);
  });

  it('tells of a gateway that nobody makes in a namespace of the program, and of no other', () => {
    const objects = made(`
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: ingress }`);
    const lent = { ...buyers('search'), gateways: ['ingress/edeg', 'ingress/edge', 'elsewhere/edge'] };
    expect(found({ objects, tenants: [lent] })).toEqual(['ingress/edeg: did you mean ingress/edge? Else leave it out']);
  });
});

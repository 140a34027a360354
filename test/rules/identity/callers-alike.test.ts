import { callersAlike } from '../../../lib/rules/identity/callers-alike';
import { call, findings, identity, namespaceState, raw, service } from '../model-builder';

const closed = namespaceState('billing', 'sidecar', { zeroTrust: true });
const caller = { ...identity('billing', 'close-day'), namespace: closed };
const calls = [call(caller, service('invoices'))];

const deployment = (name: string, account: string, labels: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: billing}
spec: {template: {metadata: {labels: {${labels}}}, spec: {serviceAccountName: ${account}, containers: [{name: main}]}}}`;

const egress = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: billing}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{}]}`;

const found = (yaml: string, parts: Parameters<typeof findings>[1] = {}) => findings(callersAlike, { calls, objects: raw(yaml), ...parts });

describe('MESH220', () => {
  it('takes pods that a label tells from all others', () => {
    expect(found(deployment('a', 'close-day', 'app: a') + deployment('b', 'other', 'app: b'))).toEqual([]);
  });

  it('takes several workloads under the account that may call', () => {
    expect(found(deployment('a', 'close-day', 'app: a') + deployment('b', 'close-day', 'app: a'))).toEqual([]);
  });

  it('takes callers in open namespaces, refusals, callers whose pods are elsewhere, and pods of a service, which another rule is about', () => {
    const alike = deployment('a', 'close-day', '');
    const open = { ...caller, namespace: namespaceState('billing', 'sidecar') };
    expect(found(alike, { calls: [call(open, service('invoices'))] })).toEqual([]);
    expect(found(alike, { calls: [call(caller, service('invoices'), { action: 'DENY' })] })).toEqual([]);
    expect(found(deployment('a', 'other', ''))).toEqual([]);
    const own = service('close-day', { namespace: closed });
    expect(found(alike, { services: [own] })).toEqual([]);
  });

  it('takes pods whose way out somebody opens already', () => {
    expect(found(deployment('a', 'close-day', '') + egress)).toEqual([]);
  });

  it('fails for pods without labels', () => {
    expect(found(deployment('a', 'close-day', ''))).toMatchObject([
      { got: 'pods without labels', message: expect.stringContaining('Deployment billing/a runs as billing/close-day') as string },
    ]);
  });

  it('fails for pods whose labels others have as well', () => {
    expect(found(deployment('a', 'close-day', 'app: a') + deployment('b', 'other', 'app: a, tier: x'))).toMatchObject([
      { got: 'labels that other pods have as well: app=a' },
    ]);
  });
});

import { notEnrolled } from '../../../lib/rules/enrolment/not-enrolled';
import { findings, namespaceState, namespace, other, raw, service } from '../model-builder';

const stray = service('cart', { namespace: namespaceState('default', 'sidecar', { enrolled: false, owned: false }) });

describe(notEnrolled.title, () => {
  it('takes a service of a mesh namespace', () => {
    expect(findings(notEnrolled, { services: [service('cart')], namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
  });

  it('fails a service outside of any', () => {
    expect(findings(notEnrolled, { services: [stray] })).toMatchObject([{ on: { path: 'default/cart' } }]);
  });

  it('fails a gateway, or a host outside the cluster, outside of any', () => {
    const outside = namespaceState('default', 'sidecar', { enrolled: false, owned: false });
    const others = [
      other('gateway', 'gw', { namespace: outside, owned: true }),
      other('external', 'api', { namespace: outside, owned: true }),
    ];
    expect(findings(notEnrolled, { others })).toHaveLength(2);
    expect(findings(notEnrolled, { others: [other('gateway', 'gw', { owned: true })] })).toEqual([]);
  });

  it('takes one whose namespace or pods are labelled beside', () => {
    const labelled = raw('{ apiVersion: v1, kind: Namespace, metadata: { name: default, labels: { istio-injection: enabled } } }');
    const pods = raw(`
      apiVersion: v1
      kind: Pod
      metadata: { name: cart, namespace: default, labels: { app: cart, sidecar.istio.io/inject: "true" } }
      spec: { containers: [{ name: cart }] }`);
    expect(findings(notEnrolled, { services: [stray], objects: labelled })).toEqual([]);
    expect(findings(notEnrolled, { services: [stray], objects: pods })).toEqual([]);
  });
});

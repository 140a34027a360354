import { unknownAuthority } from '../../../lib/rules/routing/unknown-authority';
import { textMark } from '../../../lib/support/deferred';
import { findings, namespace, raw } from '../model-builder';

const policy = (validation: string, namespaceName = 'shop') => `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: api, namespace: ${namespaceName} }
spec: { targetRefs: [{ group: "", kind: Service, name: api }], validation: { hostname: api.example.com, ${validation} } }
`;

const ref = (name: string, kind = 'ConfigMap') => `caCertificateRefs: [{ group: "", kind: ${kind}, name: ${name} }]`;
const object = (apiVersion: string, kind: string) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: api-ca, namespace: shop }
`;

const find = (...manifests: string[]) =>
  findings(unknownAuthority, { objects: manifests.flatMap(raw), namespaces: [namespace('shop', 'sidecar')] });

describe(unknownAuthority.title, () => {
  it.each([
    ['of a ConfigMap that is there', [policy(ref('api-ca')), object('v1', 'ConfigMap')]],
    ['that trust-manager hands out', [policy(ref('api-ca')), object('trust.cert-manager.io/v1alpha1', 'Bundle')]],
    ['that every namespace has', [policy(ref('istio-ca-root-cert'))]],
    [
      'whose ConfigMap has a name that is known only later',
      [policy(ref('api-ca')), object('v1', 'ConfigMap').replace('api-ca', `'${textMark(1)}'`)],
    ],
    ['of the system', [policy('wellKnownCACertificates: System')]],
    ['of a Secret, which others make', [policy(ref('api-ca', 'Secret'))]],
    ['in a namespace of somebody else', [policy(ref('api-ca'), 'books')]],
  ])('takes authorities %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it('tells of a ConfigMap that is not there', () => {
    expect(find(policy(ref('api-ca')), object('v1', 'ConfigMap').replace('shop', 'web'))).toMatchObject([
      { on: { path: 'raw/backendtlspolicy/api' }, got: 'ConfigMap api-ca', message: expect.stringContaining('without TLS') },
    ]);
  });
});

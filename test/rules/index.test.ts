import * as fc from 'fast-check';
import type { ManifestObject } from '../../lib/model/mesh-model';
import { RULES } from '../../lib/rules';
import { findings, namespace, raw } from './model-builder';

const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'Service'],
  ['v1', 'Pod'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'CronJob'],
  ['networking.istio.io/v1', 'VirtualService'],
  ['networking.istio.io/v1', 'DestinationRule'],
  ['networking.istio.io/v1', 'ServiceEntry'],
  ['networking.istio.io/v1', 'WorkloadGroup'],
  ['security.istio.io/v1', 'PeerAuthentication'],
  ['security.istio.io/v1', 'AuthorizationPolicy'],
  ['gateway.networking.k8s.io/v1', 'Gateway'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
];

const WORDS =
  'spec metadata labels annotations hosts host http tcp tls route routes rules backendRefs parentRefs destination subsets ports port trafficPolicy selector matchLabels mtls mode template containers retries from to source operation when principals targetRefs portLevelMtls weight name namespace kind group securityContext filters mirror';

const key = fc.constantFrom(...WORDS.split(' '));
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('cart', 'STRICT', 'cart.shop', '5xx', 'DISABLE', '1s'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 7 }, leaf, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 6 })),
}));

const odd = fc
  .tuple(fc.constantFrom(...KINDS), fc.constantFrom('cart', 'product', ''), value, value)
  .map(([[apiVersion, kind], name, metadata, spec]): ManifestObject => {
    return { path: `raw/${kind}/${name}`, apiVersion, kind, name, namespaceName: 'shop', made: false, manifest: { metadata, spec } };
  });

describe('the rules', () => {
  it('have one code each, in order', () => {
    const codes = RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  it('never throw on odd manifests', () => {
    const namespaces = [namespace('shop', 'ambient')];
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 8 }), (objects) => {
        for (const each of RULES) findings(each, { objects, namespaces });
      }),
    );
  });

  it('report alike in any order of declaration', () => {
    const objects = raw(`
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: shop }
spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: v1 } }, { destination: { host: crat } }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: b, namespace: shop }
spec: { hosts: [cart], http: [{ timeout: 1s, retries: { attempts: 2, perTryTimeout: 1s, retryOn: 5xx } }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: c, namespace: shop }
spec: { parentRefs: [{ group: "", kind: Service, name: cart }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: web, port: 80, targetPort: 15001 }] }
`);
    const namespaces = [namespace('shop', 'sidecar')];
    const report = (order: readonly ManifestObject[]) => RULES.map((each) => findings(each, { objects: order, namespaces }));
    const expected = report(objects);
    expect(expected.flat().length).toBeGreaterThan(5);
    fc.assert(
      fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (order) => {
        expect(report(order)).toEqual(expected);
      }),
    );
  });
});

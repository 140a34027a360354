import { oldVersion } from '../../../lib/rules/installed/old-version';
import { findings, made, raw } from '../model-builder';

const object = (apiVersion: string, kind: string) => `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: shop } }`;
const find = (apiVersion: string, kind: string) => findings(oldVersion, { objects: raw(object(apiVersion, kind)) });

describe(oldVersion.title, () => {
  it.each([
    ['networking.istio.io/v1', 'VirtualService'],
    ['security.istio.io/v1', 'AuthorizationPolicy'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
    ['networking.istio.io/v1beta1', 'ProxyConfig'],
    ['extensions.istio.io/v1alpha1', 'WasmPlugin'],
    ['extensions.istio.io/v1alpha1', 'TrafficExtension'],
    ['telemetry.istio.io/v1alpha1', 'Telemetry'],
    ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
    ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute'],
    ['security.istio.io/v1alpha1', 'AuthorizationPolicy'],
    ['flagger.app/v1beta1', 'Canary'],
    ['policy/v1beta1', 'PodDisruptionBudget'],
  ])('takes %s of a %s, which has no newer one, or another mistake', (apiVersion, kind) => {
    expect(find(apiVersion, kind)).toEqual([]);
  });

  it.each([
    ...['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup'].flatMap((kind) =>
      ['v1alpha3', 'v1beta1'].map((version) => [`networking.istio.io/${version}`, kind]),
    ),
    ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map((kind) => ['security.istio.io/v1beta1', kind]),
    ...['Gateway', 'GatewayClass', 'HTTPRoute'].map((kind) => ['gateway.networking.k8s.io/v1beta1', kind]),
  ])('tells of %s of a %s', (apiVersion, kind) => {
    const to = apiVersion.replace(/v1.*/, 'v1');
    expect(find(apiVersion, kind)).toMatchObject([
      { got: `apiVersion: ${apiVersion}`, cures: [{ field: ['apiVersion'], kind: 'set', was: apiVersion, to }] },
    ]);
  });

  it('asks nothing of what constructs write', () => {
    expect(findings(oldVersion, { objects: made(object('networking.istio.io/v1beta1', 'Sidecar')) })).toEqual([]);
  });
});

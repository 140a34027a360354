import { experimentalVersion } from '../../../lib/rules/installed/experimental-version';
import { findings, raw } from '../model-builder';

const find = (version: string, kind: string) =>
  findings(experimentalVersion, {
    objects: raw(`{ apiVersion: gateway.networking.k8s.io/${version}, kind: ${kind}, metadata: { name: a, namespace: shop } }`),
  });

describe(experimentalVersion.title, () => {
  it.each([
    ['v1', 'TCPRoute'],
    ['v1beta1', 'HTTPRoute'],
    ['v1alpha2', 'UDPRoute'],
  ])('takes %s of a %s', (version, kind) => {
    expect(find(version, kind)).toEqual([]);
  });

  it('takes a TCPRoute as Istio before 1.31 reads it', () => {
    const objects = raw('{ apiVersion: gateway.networking.k8s.io/v1alpha2, kind: TCPRoute, metadata: { name: a, namespace: shop } }');
    const found = (istioVersion: string) => findings(experimentalVersion, { istioVersion, objects });
    expect(found('1.30.5')).toEqual([]);
    expect(found('1.31.0')).toHaveLength(1);
  });

  it.each([
    ['v1alpha2', 'TCPRoute'],
    ['v1alpha2', 'TLSRoute'],
    ['v1alpha3', 'TLSRoute'],
    ['v1alpha3', 'BackendTLSPolicy'],
  ])('fails %s of a %s', (version, kind) => {
    expect(find(version, kind)).toMatchObject([
      { got: `apiVersion: gateway.networking.k8s.io/${version}`, cures: [{ to: 'gateway.networking.k8s.io/v1' }] },
    ]);
  });
});

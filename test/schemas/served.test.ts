import { kindMeant, servedKind } from '../../lib/schemas/served';

describe('a kind', () => {
  it('is known with the versions that clusters serve, the one to write first', () => {
    expect(servedKind('networking.istio.io/VirtualService')?.versions).toEqual(['v1', 'v1beta1', 'v1alpha3']);
    expect(servedKind('networking.istio.io/EnvoyFilter')?.versions).toEqual(['v1alpha3']);
    expect(servedKind('gateway.networking.k8s.io/ReferenceGrant')?.versions).toEqual(['v1beta1', 'v1']);
  });

  it('is read once', () => {
    expect(servedKind('networking.istio.io/Sidecar')).toBe(servedKind('networking.istio.io/Sidecar'));
  });

  it.each(['apps/Deployment', 'networking.k8s.io/NetworkPolicy', '/Service', 'networking.istio.io/toString', 'toString'])(
    'is not known: %s',
    (groupKind) => {
      expect(servedKind(groupKind)).toBeUndefined();
    },
  );

  it('has the fields that every object has', () => {
    const { properties } = servedKind('security.istio.io/PeerAuthentication')!.schema;
    expect(Object.keys(properties ?? {}).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  });
});

describe('a kind that nobody serves', () => {
  it.each([
    ['networking.istio.io', 'Virtualservice', 'VirtualService'],
    ['security.istio.io', 'AuthorizationPolicies', undefined],
    ['security.istio.io', 'PeerAuthentications', 'PeerAuthentication'],
    ['gateway.networking.k8s.io', 'HttpRoute', 'HTTPRoute'],
    ['gateway.networking.k8s.io', 'UDPRoute', undefined],
    ['example.com', 'VirtualServices', undefined],
  ])('%s/%s was meant as %s', (group, kind, meant) => {
    expect(kindMeant(group, kind)).toBe(meant);
  });
});

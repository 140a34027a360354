import { requestAuthenticationIndex, requestAuthentications } from '../../../lib/cluster/policies/request-authentications';
import { clusterFrom } from '../../manifests';

describe('a RequestAuthentication', () => {
  const cluster = clusterFrom(`
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, jwtRules: [{issuer: id.example.com, audiences: [shop]}, {issuer: other.example.com}, odd]}`);

  it('tells whose tokens are taken, and for whom they have to be', () => {
    expect(requestAuthentications(cluster)[0].issuers).toEqual([
      { issuer: 'id.example.com', audiences: ['shop'] },
      { issuer: 'other.example.com', audiences: [] },
      { issuer: '', audiences: [] },
    ]);
  });

  it('is found by the labels of a pod', () => {
    expect(requestAuthenticationIndex(cluster).onPods(['shop'], { app: 'cart' })).toHaveLength(1);
    expect(requestAuthenticationIndex(cluster).onPods(['shop'], { app: 'web' })).toEqual([]);
  });
});

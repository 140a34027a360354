import { decide } from '../../../lib/verdict/decide';
import { speakerOf } from '../../../lib/verdict/requests/callers';
import { AMBIENT, CART, GATEWAY, cluster, get, namespace } from '../fixtures';

describe('a caller', () => {
  const mesh = cluster(namespace('shop', AMBIENT), CART, GATEWAY);

  it('is a workload or a gateway of the manifests', () => {
    expect(speakerOf(mesh, { workload: 'shop/cart-v1' })).toMatchObject({ key: 'shop/cart-v1', proxy: { name: 'ztunnel' } });
    expect(speakerOf(mesh, { gateway: 'edge/gateway' })).toMatchObject({ key: 'edge/gateway', proxy: { isDoor: true } });
  });

  it('is somebody whom the manifests do not have, who proves nothing without a proxy', () => {
    expect(speakerOf(mesh, { pod: { namespace: 'bank', proxy: 'sidecar' } }).principal).toBe('cluster.local/ns/bank/sa/default');
    expect(speakerOf(mesh, { pod: { namespace: 'bank' } }).principal).toBeUndefined();
  });

  it('is an identity that may be anywhere', () => {
    const identity = { namespace: 'bank', serviceAccount: 'teller', proxy: 'sidecar' } as const;
    expect(speakerOf(mesh, { identity })).toMatchObject({
      principal: 'cluster.local/ns/bank/sa/teller',
      namespaceName: '',
      isBodiless: true,
    });
    expect(speakerOf(mesh, { identity: { ...identity, trustDomain: 'partner.example' } }).principal).toBe(
      'partner.example/ns/bank/sa/teller',
    );
  });

  it('fails where the manifests have nobody of the name', () => {
    expect(() => decide(mesh, get({ from: { workload: 'shop/none' } }))).toThrow('MESH067 at shop/none');
    expect(() => decide(mesh, get({ from: { gateway: 'shop/none' } }))).toThrow('name a gateway that they have');
    expect(() => decide(mesh, get({ to: { podOf: 'shop/none', port: 80 } }))).toThrow('MESH067 at shop/none');
  });
});

import { command, leftBehind, listed } from '../../../../lib/rules/migration/told/left-behind';
import { emptyModel, made } from '../../model-builder';

const sidecar = { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', name: 'cart', namespaceName: 'shop' };
const service = { apiVersion: 'v1', kind: 'Service', name: 'cart', namespaceName: 'shop' };
const model = emptyModel({ objects: made('apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }') });

describe('what a synth leaves behind', () => {
  it('is what it no longer has in a namespace', () => {
    expect(leftBehind(model, 'shop', [sidecar, service, { ...sidecar, namespaceName: 'other' }])).toEqual([sidecar]);
  });

  it('is named by kind, and as kubectl takes it', () => {
    expect(listed([sidecar, service, { ...sidecar, name: 'web' }])).toBe('Sidecar cart, web; Service cart');
    expect(command('delete', 'shop', [sidecar, service])).toEqual([
      'kubectl delete --namespace shop sidecar.networking.istio.io/cart service/cart',
    ]);
    expect(command('delete', 'shop', [])).toEqual([]);
  });
});

import { unknownRoutedHost } from '../../../lib/rules/named/unknown-routed-host';
import { findings, raw } from '../model-builder';
import { namespace, pod } from '../in-few-words';

const service = (name: string, place: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${place} }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---`;

const mesh = `${namespace('shop')}${pod('shop')}${namespace('pay')}${pod('pay')}${service('cart', 'shop')}${service('payment', 'pay')}
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: cards, namespace: shop }
spec: { hosts: [cards.shop.svc.cluster.local], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS }
---`;

const virtualService = (spec: string, place = 'shop') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs, namespace: ${place} }
spec: { ${spec}, http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local } }] }] }
`;

const objects = raw(mesh.replace(/---$/, ''));
const find = (text: string) => {
  const model = { objects: [...objects, ...raw(text)], knownNamespaces: ['shop', 'pay'] };
  return findings(unknownRoutedHost, model);
};

describe(unknownRoutedHost.title, () => {
  it.each([
    ['a Service of its namespace', 'hosts: [cart]'],
    ['a Service by its full name', 'hosts: [payment.pay.svc.cluster.local]'],
    ['a host outside', 'hosts: [shop.example.com]'],
    ['a pattern', 'hosts: ["*.shop.svc.cluster.local"]'],
    ['a host of a ServiceEntry', 'hosts: [cards]'],
    ['a host of a namespace that is not here', 'hosts: [ledger.bank.svc.cluster.local]'],
    ['gateways alone', 'hosts: [orders], gateways: [edge]'],
  ])('takes one for %s', (_, spec) => {
    expect(find(virtualService(spec))).toEqual([]);
  });

  it('takes a short name in a namespace that is not here', () => {
    expect(find(virtualService('hosts: [orders]', 'bank'))).toEqual([]);
  });

  it.each([
    ['a name that nobody has', 'hosts: [cart, orders]', 'orders', 1, 'name a Service of the namespace, or declare it'],
    [
      'its full name',
      'hosts: [orders.shop.svc.cluster.local]',
      'orders.shop.svc.cluster.local',
      0,
      'name a Service of the namespace, or declare it',
    ],
    [
      'a name of another namespace',
      'hosts: [payment]',
      'payment',
      0,
      "write payment.pay.svc.cluster.local, if that is meant: a name without a dot is one of the object's own namespace",
    ],
    ['half of a name', 'hosts: [payment.pay], gateways: [mesh, edge]', 'payment.pay', 0, 'write payment.pay.svc.cluster.local'],
    ['a misspelt name', 'hosts: [caart]', 'caart', 0, 'write cart.shop.svc.cluster.local'],
  ])('tells of one for %s', (_, spec, got, index, fix) => {
    expect(find(virtualService(spec))).toMatchObject([{ got, fix, field: ['spec', 'hosts', index] }]);
  });

  it('says who passes half a name by', () => {
    expect(find(virtualService('hosts: [payment.pay]'))[0].message).toMatch(
      /name it in full, or by its short name in its namespace, pass it by$/,
    );
    expect(find(virtualService('hosts: [orders]'))[0].message).toMatch(/no request of the mesh asks for it$/);
  });

  it('mends what is certain, in the words in which it was written', () => {
    expect(find(virtualService('hosts: [caart]'))[0].cures).toMatchObject([{ was: 'caart', to: 'cart' }]);
    expect(find(virtualService('hosts: [payment.pay]'))[0].cures).toMatchObject([{ to: 'payment.pay.svc.cluster.local' }]);
    expect(find(virtualService('hosts: [payment]'))[0].cures).toEqual([]);
  });
});

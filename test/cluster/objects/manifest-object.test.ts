import {
  annotationsOfObject,
  groupKindOf,
  groupOf,
  keyOf,
  labelsOfObject,
  metadataOf,
  nameOf,
  namespaceOf,
  specOf,
  titleOf,
} from '../../../lib/cluster/objects/manifest-object';
import { readYaml } from '../../manifests';

const only = (text: string) => readYaml(text)[0];

describe('an object', () => {
  const cart = only(
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: cart, namespace: shop, labels: {app: cart}, annotations: {team: a}}, spec: {replicas: 2}}',
  );
  const shop = only('{apiVersion: v1, kind: Namespace, metadata: {name: shop}, spec: text}');

  it('has a place and a name for messages', () => {
    expect([namespaceOf(cart), keyOf(cart), titleOf(cart), nameOf(cart), groupOf(cart)]).toEqual([
      'shop',
      'shop/cart',
      'Deployment shop/cart',
      'Deployment shop/cart',
      'apps',
    ]);
  });

  it('without a namespace is where kubectl puts it, and is named without', () => {
    expect([keyOf(shop), nameOf(shop), groupOf(shop)]).toEqual(['default/shop', 'Namespace shop', '']);
  });

  it('is of one kind in all versions of its group', () => {
    expect([groupKindOf(cart), groupKindOf(shop)]).toEqual(['apps/Deployment', '/Namespace']);
  });

  it('has what its manifest says, or nothing', () => {
    expect([labelsOfObject(cart), annotationsOfObject(cart), specOf(cart)]).toEqual([{ app: 'cart' }, { team: 'a' }, { replicas: 2 }]);
    expect([labelsOfObject(shop), specOf(shop), metadataOf(shop)]).toEqual([{}, {}, { name: 'shop' }]);
  });
});

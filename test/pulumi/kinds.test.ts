import { DataPlane, MeshedService, MeshNamespace, MeshPort } from 'istio-constructs';
import { kindOf } from '../../lib/pulumi/component-tree';
import { newChart, service } from '../builders';

const dataPlane = DataPlane.sidecar();
const ports = [MeshPort.http(8080)];

describe('a construct in Pulumi’s tree', () => {
  it('is called by the class of the library that it extends', () => {
    class Cart extends MeshedService {}

    expect(kindOf(new Cart(newChart(), 'cart', { image: 'registry.example.com/cart:1.0.0', ports }))).toBe('MeshedService');
  });

  it('has no name of its own as a part of another, nor as one that somebody else makes', () => {
    const chart = newChart();
    const shop = MeshNamespace.fromName(chart, 'shop', { name: 'shop', dataPlane });
    const cart = service(chart, 'cart');

    expect([...cart.node.children].map(kindOf)).toEqual(cart.node.children.map(() => undefined));
    expect(kindOf(shop)).toBe('Construct');
    expect(kindOf(chart)).toBe('Chart');
  });
});

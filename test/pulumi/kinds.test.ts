import { Construct } from 'constructs';
import * as library from 'istio-constructs';
import {
  DataPlane,
  ExternalPort,
  ExternalService,
  Mesh,
  MeshedService,
  MeshNamespace,
  MeshPort,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { kindOf } from '../../lib/pulumi/component-tree';
import { publicTypes } from '../architecture/public-api';
import { canary, edgeGateway, newChart, service } from '../builders';

const dataPlane = DataPlane.sidecar();
const ports = [MeshPort.http(8080)];

/** Every class of the public surface that is a construct. */
const classes = publicTypes()
  .map((type) => type.name!.text)
  .filter((name) => (library as Record<string, any>)[name]?.prototype instanceof Construct);

function oneOfEach(): Construct[] {
  const chart = newChart();
  const mesh = new Mesh(chart, 'mesh');
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const cart = service(shop, 'cart');
  const gateway = edgeGateway(chart, dataPlane);
  const cards = new ExternalService(shop, 'cards', { host: 'api.example.com', port: ExternalPort.https() });
  const database = new UnmeshedService(shop, 'database', { host: 'db.data.svc.cluster.local', ports });
  return [mesh, shop, cart, gateway, cards, database, canary(cart), gateway.node.scope as MeshNamespace];
}

describe('a construct in Pulumi’s tree', () => {
  it('is called by its class, whichever class of the library it is', () => {
    const kinds = oneOfEach().map((construct) => [construct.constructor.name, kindOf(construct)]);

    expect(kinds.map(([name]) => name).sort()).toEqual([...classes].sort());
    expect(kinds.filter(([name, kind]) => name !== kind)).toEqual([]);
  });

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

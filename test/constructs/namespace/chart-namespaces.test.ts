import { App, Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  DataPlane,
  HttpAccess,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  UnmeshedService,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { sortedBy } from '../../../lib/support/ordering';
import { canary, external, findingCodes, type Manifest, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

type Plane = { readonly dataPlane: DataPlane };

/** Everything that can be declared in a namespace, wherever its parts are put. */
function declareShop(scopeOf: (part: string) => Construct): MeshedService {
  const [cart, product] = ['cart', 'product'].map((id) => service(scopeOf(id), id));
  const partners = external(scopeOf('partners'), 'partners');
  const database = new UnmeshedService(scopeOf('database'), 'db', { host: 'db.data.svc.cluster.local', ports: [MeshPort.tcp(5432)] });
  cart.calls(product, { http: [HttpAccess.get('/products/*')] });
  cart.calls(partners);
  product.calls(database);
  canary(product);
  new IngressGateway(scopeOf('edge'), 'gateway', { tlsSecret: 'cert' }).expose(cart, { host: 'shop.example.com' });
  return cart;
}

const inside = ({ dataPlane }: Plane): App => {
  const app = new App();
  const shop = new ZeroTrustNamespace(new Chart(app, 'platform'), 'shop', { dataPlane });
  declareShop(() => shop);
  return app;
};

/** One chart for each part, before or after the chart that declares the namespace. */
const inCharts = ({ dataPlane }: Plane, order: 'namespace first' | 'namespace last'): App => {
  const app = new App();
  const declare = () => new ZeroTrustNamespace(new Chart(app, 'platform'), 'shop', { dataPlane });
  const parts = () => declareShop((part) => new Chart(app, part, { namespace: 'shop' }));
  const steps = order === 'namespace first' ? [declare, parts] : [parts, declare];
  steps.forEach((step) => step());
  return app;
};

const objectsOf = (app: App): Manifest[] =>
  sortedBy(
    app.charts.flatMap((chart) => Testing.synth(chart) as Manifest[]),
    ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
  );

describe('charts that name a namespace of the App', () => {
  forEachPlane((plane) => {
    it('are part of it: the same objects come out as inside its construct', () => {
      expect(objectsOf(inCharts(plane, 'namespace first'))).toEqual(objectsOf(inside(plane)));
    });

    it('are part of it whichever is declared first', () => {
      expect(objectsOf(inCharts(plane, 'namespace last'))).toEqual(objectsOf(inside(plane)));
    });
  });

  forEachPlane(({ dataPlane }) => {
    it('have the findings that they have inside its construct', () => {
      const app = inCharts({ dataPlane }, 'namespace last');
      expect(findingCodes(app)).toEqual(findingCodes(inside({ dataPlane })));
    });

    it('tell a service the data plane of its namespace', () => {
      const app = new App();
      const cart = service(new Chart(app, 'cart', { namespace: 'shop' }), 'cart');
      new MeshNamespace(new Chart(app, 'platform'), 'shop', { dataPlane });
      expect(cart.dataPlane).toBe(dataPlane);
    });

    it('live in a namespace that another program declares too', () => {
      const declare = (order: 'first' | 'last'): Manifest[] => {
        const app = new App();
        const chart = new Chart(app, 'shop', { namespace: 'shop' });
        const attributes = { name: 'shop', dataPlane, zeroTrust: true };
        if (order === 'first') MeshNamespace.fromName(chart, 'home', attributes);
        service(chart, 'cart').calls(service(chart, 'product'));
        if (order === 'last') MeshNamespace.fromName(chart, 'home', attributes);
        return Testing.synth(chart) as Manifest[];
      };
      expect(declare('last')).toEqual(declare('first'));
      expect(declare('last').map(({ kind }) => kind)).toContain('NetworkPolicy');
    });
  });

  it('are nearer to what is in them than a namespace construct around them', () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    new MeshNamespace(chart, 'bank', { dataPlane: DataPlane.sidecar() });
    const inBank = service(new Chart(shop, 'bank', { namespace: 'bank' }), 'cart');
    const inShop = service(new Chart(shop, 'plain'), 'cart');
    expect([inBank.namespaceName, inShop.namespaceName]).toEqual(['bank', 'shop']);
  });

  it('fail when a service in them asks for another data plane than the namespace has, whichever comes first', () => {
    const [sidecar, ambient, ports] = [DataPlane.sidecar(), DataPlane.ambient(), [MeshPort.http(8080)]];
    const declare = (app: App) => new MeshNamespace(new Chart(app, 'platform'), 'shop', { dataPlane: sidecar });
    const serve = (app: App) =>
      new MeshedService(new Chart(app, 'cart', { namespace: 'shop' }), 'cart', { image: 'cart:1', ports, dataPlane: ambient });
    const [one, other] = [new App(), new App()];
    declare(one);
    expectRefusal(() => serve(one), {
      code: 'MESH040',
      path: 'cart/cart',
      got: 'a dataPlane other than platform/shop',
      fix: 'same dataPlane',
    });
    serve(other);
    expectRefusal(() => declare(other), {
      code: 'MESH040',
      path: 'platform/shop',
      got: 'a dataPlane other than cart',
      fix: 'same dataPlane',
    });
  });

  it('take the data plane of the one service that asks for one', () => {
    const chart = newChart('shop', { namespace: 'shop' });
    const [cart] = [service(chart, 'cart'), service(chart, 'product', { dataPlane: DataPlane.ambient() })];
    expect(cart.dataPlane._facts.mode).toBe('ambient');
  });
});

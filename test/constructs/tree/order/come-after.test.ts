import { App, Chart, Duration } from 'cdk8s';
import { DataPlane, IstioMetric, MeshNamespace, RateLimit, Telemetry } from 'istio-constructs';
import { service } from '../../../builders';

describe('what comes after another construct', () => {
  it('is written in a later file, though its chart was declared first', () => {
    const app = new App();
    const [limits, shop] = [new Chart(app, 'limits'), new Chart(app, 'shop')];
    const cart = service(new MeshNamespace(shop, 'shop', { dataPlane: DataPlane.sidecar() }), 'cart');
    new RateLimit(limits, 'limit', { service: cart, requests: 10, per: Duration.minutes(1) });
    const written = app.synthYaml();
    expect(written.indexOf('kind: EnvoyFilter')).toBeGreaterThan(written.indexOf('kind: Deployment'));
  });

  it('is written where it stands, where its user wants the charts the other way round', () => {
    const app = new App();
    const [limits, shop] = [new Chart(app, 'limits'), new Chart(app, 'shop')];
    shop.addDependency(limits);
    const cart = service(new MeshNamespace(shop, 'shop', { dataPlane: DataPlane.sidecar() }), 'cart');
    new RateLimit(limits, 'limit', { service: cart, requests: 10, per: Duration.minutes(1) });
    const written = app.synthYaml();
    expect(written.indexOf('kind: EnvoyFilter')).toBeLessThan(written.indexOf('kind: Deployment'));
  });

  it("waits for nobody who stands in the same service, or in each other's, and comes late itself", () => {
    const app = new App();
    const shop = new MeshNamespace(new Chart(app, 'shop'), 'shop', { dataPlane: DataPlane.sidecar() });
    const [cart, product] = [service(shop, 'cart'), service(shop, 'product')];
    for (const [one, other] of [
      [cart, product],
      [product, cart],
    ]) {
      new Telemetry(one, 'telemetry', { service: one, metrics: [{ metric: IstioMetric.REQUEST_COUNT, disabled: true }] });
      new RateLimit(one, `${one.serviceName}-limit`, { service: one, requests: 10, per: Duration.minutes(1) });
      new RateLimit(one, `${other.serviceName}-other-limit`, { service: other, requests: 100, per: Duration.hours(1) });
    }
    new Telemetry(shop, 'telemetry', { inNamespace: shop, metrics: [{ metric: IstioMetric.REQUEST_SIZE, disabled: true }] });
    const written = app.synthYaml();
    expect(written.indexOf('kind: Telemetry')).toBeGreaterThan(written.indexOf('kind: Deployment'));
    expect(written.match(/^kind: Telemetry$/gm)).toHaveLength(3);
  });
});

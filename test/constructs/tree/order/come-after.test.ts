import { App, Chart, Duration } from 'cdk8s';
import { DataPlane, MeshNamespace, RateLimit } from 'istio-constructs';
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
});

import { Duration } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { canary, manifests, shop } from '../../builders';

describe('a route', () => {
  it.each([
    ['as the last', false],
    ['before a release brings subsets', true],
  ])('is written behind its subsets, wherever else a user wants it, and when it is read %s', (_, isReadFirst) => {
    const one = shop({ dataPlane: DataPlane.sidecar() }, { timeout: Duration.seconds(3) });
    const route = () => one.cart.objects.find(({ kind }) => kind === 'VirtualService')!;
    if (isReadFirst) route();
    canary(one.cart);
    one.cart.service.node.addDependency(route());

    const order = manifests(one.chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const [rule, virtualService, service] = ['DestinationRule cart', 'VirtualService cart', 'Service cart'].map((each) =>
      order.indexOf(each),
    );
    expect([rule, virtualService, service].every((place) => place >= 0)).toBe(true);
    expect(rule).toBeLessThan(virtualService);
    expect(virtualService).toBeLessThan(service);
  });
});

import { ApiObject } from 'cdk8s';
import { DataPlane, MeshNamespace, MeshReport, type MeshedService } from 'istio-constructs';
import { pastOwnSidecar } from '../../../lib/rules/outside/past-own-sidecar';
import { newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const KEY = 'traffic.sidecar.istio.io/';
const say = ({ deployment }: MeshedService, key: string, value: string): void =>
  deployment.podMetadata.addAnnotation(`${KEY}${key}`, value);
const found = (of: MeshedService): string[] =>
  MeshReport.of(of)
    .findings.filter(({ code }) => code === pastOwnSidecar.code)
    .map(({ path, text }) => `${path}: ${/got: (.*)/.exec(text)?.[1].replace(KEY, '')}`);

describe(pastOwnSidecar.title, () => {
  forEachPlane((plane) => {
    it.each([
      ['excludeOutboundPorts', '5432'],
      ['excludeOutboundPorts', '8080'],
      ['excludeOutboundIPRanges', '10.0.0.0/8'],
      ['includeOutboundIPRanges', '10.0.0.0/8'],
    ])('tells of %s %s in a closed namespace with sidecars', (key, value) => {
      const { cart, product } = shop(plane);
      cart.calls(product);
      say(cart, key, value);
      const told = [`${ApiObject.of(cart.deployment).node.path}: ${key}: ${value}`];
      expect(found(cart)).toEqual(plane.of({ sidecar: told, ambient: [] }));
    });

    it.each([
      ['includeOutboundIPRanges', '*'],
      ['excludeOutboundPorts', ''],
      ['excludeInboundPorts', '9999'],
    ])('takes %s %p', (key, value) => {
      const { cart } = shop(plane);
      say(cart, key, value);
      expect(found(cart)).toEqual([]);
    });
  });

  it('tells in an open namespace of calls to the mesh alone, by their ports or by all addresses', () => {
    const open = new MeshNamespace(newChart(), 'shop', { dataPlane: DataPlane.sidecar() });
    const [web, cart, product] = ['web', 'cart', 'product'].map((id) => service(open, id));
    for (const caller of [web, cart]) caller.calls(product);
    say(web, 'excludeOutboundPorts', '5432');
    expect(found(web)).toEqual([]);
    say(cart, 'excludeOutboundPorts', '5432, 8080');
    say(product, 'excludeOutboundIPRanges', '0.0.0.0/0');
    expect(found(cart)).toEqual([`${ApiObject.of(cart.deployment).node.path}: excludeOutboundPorts: 5432, 8080`]);
    say(web, 'includeOutboundIPRanges', '');
    expect(found(cart)).toHaveLength(2);
  });
});

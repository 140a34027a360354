import { DataPlane, MeshNamespace } from 'istio-constructs';
import { newChart, service, shop } from '../../builders';
import { expectRefusal } from '../../support/refusal';

describe('an id', () => {
  it('fails the second time in one scope', () => {
    const chart = newChart();
    const declare = () => new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    declare();
    expectRefusal(declare, { code: 'MESH036', path: 'test', fix: 'another id', got: 'a second shop' });
  });

  it('fails for a service beside another, before anything of it is made', () => {
    const { shop: namespace } = shop({ dataPlane: DataPlane.ambient() });
    const before = namespace.node.findAll().length;
    expect(() => service(namespace, 'cart')).toThrow(/^MESH036 at test\/shop: /);
    expect(namespace.node.findAll()).toHaveLength(before);
  });
});

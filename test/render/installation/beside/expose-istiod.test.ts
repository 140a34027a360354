import type { InstallationFacts } from '../../../../lib/model/installation/installation';
import { exposesIstiod, renderExposedIstiod } from '../../../../lib/render/installation/beside/expose-istiod';
import { schemaErrors } from '../../../schemas/schema-errors';
import type { Manifest } from '../../../builders';
import { factsOf } from '../facts';

const gateways = [{ name: 'between', way: 'east-west', pods: {} }] as const;
const primary = (parts: Partial<InstallationFacts> = {}) => factsOf({ gateways, role: { isRemote: false, remotes: ['west'] }, ...parts });

describe('istiod for other clusters', () => {
  it('is opened where some have none, by a gateway that is installed', () => {
    expect(exposesIstiod(primary())).toBe(true);
    expect(exposesIstiod(primary({ gateways: [] }))).toBe(false);
    expect(exposesIstiod(primary({ role: { isRemote: false, remotes: [] } }))).toBe(false);
    expect(exposesIstiod(primary({ role: { isRemote: true, primary: 'a', discoveryAddress: '203.0.113.10' } }))).toBe(false);
  });

  it('gets each connection as it is, by the name that it was called', () => {
    const revisions = ['blue', undefined].map((name) => ({ name, version: '1.31.1', tags: [] }));
    const objects = renderExposedIstiod(primary({ revisions, namespaceName: 'mesh' })) as Manifest[];
    expect(objects.flatMap(schemaErrors)).toEqual([]);
    expect(objects).toMatchObject([
      {
        kind: 'Gateway',
        metadata: { namespace: 'mesh' },
        spec: {
          selector: { istio: 'eastwestgateway' },
          servers: [15012, 15017].map((number) => ({ port: { number }, tls: { mode: 'PASSTHROUGH' } })),
        },
      },
      { kind: 'VirtualService', spec: { gateways: ['istiod'] } },
    ]);
    const tls = (name: string) => {
      const sniHosts = [`${name}.mesh.svc`, `${name}.mesh.svc.cluster.local`];
      const to = (port: number, number: number) => ({
        match: [{ port, sniHosts }],
        route: [{ destination: { host: sniHosts[1], port: { number } } }],
      });
      return [to(15012, 15012), to(15017, 443)];
    };
    expect(objects[1].spec!.tls).toEqual([...tls('istiod-blue'), ...tls('istiod')]);
  });
});

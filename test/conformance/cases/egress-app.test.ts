import { App } from 'cdk8s';
import { Agency } from '../../../apps/egress/egress';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { gatewayLetsOut, letsOut } from '../network-layer';

const PUBLIC = '203.0.113.10';
const NAMES = ['booking', 'prices', 'documents'];

describe('the agency', () => {
  forEachPlane((plane) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Agency(new App(), 'egress', plane));
    });

    /** Who of all reaches a host, or an address. */
    const whoReaches = async (to: { host: string; port: number } | { address: string; port: number }, path = '/'): Promise<string[]> => {
      const answers = await mesh.answers(NAMES.map((name) => ({ from: { workload: `agency/${name}-v1` }, to, path })));
      return NAMES.filter((_, index) => answers[index].allowed);
    };

    const whoIsLetOut = (address: string, port: number): string[] =>
      NAMES.filter((name) => letsOut(mesh, `agency/${name}-v1`, address, port));

    it('lets each through the gateway to its own partner', async () => {
      expect(await whoReaches({ host: 'api.airline.example.com', port: 443 })).toEqual(['booking']);
      expect(await whoReaches({ host: 'rates.example.com', port: 80 }, '/v1/rates/eur')).toEqual(['prices']);
      expect(await whoReaches({ host: 'rates.example.com', port: 80 }, '/admin')).toEqual([]);
    });

    it('lets nobody round the gateway', () => {
      const gateway = plane.of({ sidecar: 'egress/way-out', ambient: 'egress/waypoint' });
      expect(gatewayLetsOut(mesh, gateway, PUBLIC, 443)).toBe(true);
      expect(gatewayLetsOut(mesh, gateway, '10.60.1.20', 443)).toBe(false);
      expect(whoIsLetOut(PUBLIC, 443)).toEqual(['documents']); // for its buckets
    });

    it('has buckets by their names, and addresses by themselves', async () => {
      const all = plane.of({ sidecar: [], ambient: NAMES.filter((name) => name !== 'documents') });
      expect(await whoReaches({ host: 'a.storage.example.com', port: 443 })).toEqual(expect.arrayContaining(['documents']));
      expect((await whoReaches({ host: 'a.storage.example.com', port: 443 })).filter((name) => name !== 'documents')).toEqual(all);
      expect(await whoReaches({ address: '169.254.169.254', port: 80 })).toEqual(expect.arrayContaining(['documents']));
      expect(whoIsLetOut('169.254.169.254', 80)).toEqual(['documents']);
      // In ambient mode the waypoint of the agency stands before the ledger, and goes there for who may.
      expect(whoIsLetOut('10.60.1.20', 8443)).toEqual(plane.of({ sidecar: ['booking'], ambient: [] }));
      if (plane.name === 'ambient') expect(gatewayLetsOut(mesh, 'agency/waypoint', '10.60.1.20', 8443)).toBe(true);
      expect(await whoReaches({ host: 'ledger.corp.example.com', port: 8443 })).toEqual(['booking']);
      expect(whoIsLetOut('10.60.2.20', 8443)).toEqual([]);
    });
  });
});

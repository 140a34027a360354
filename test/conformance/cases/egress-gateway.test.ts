import { EgressGateway, ExternalPort, ExternalService, HttpAccess, MeshNamespace, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, service, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { judged } from '../judged';
import { meshFrom, meshOf } from '../mesh-under-test';
import { gatewayLetsOut, letsOut } from '../network-layer';
import { call } from '../requests';

const PUBLIC = '203.0.113.10';

/** The shop, and hosts that only some of it may leave for. */
function leaving(plane: PlaneUnderTest) {
  const one = shop(plane);
  const egress = new ZeroTrustNamespace(one.chart, 'egress', { dataPlane: plane.dataPlane });
  const through = new EgressGateway(egress, 'gateway', { name: 'way-out' });
  const host = (id: string, port: ExternalPort) => new ExternalService(egress, id, { host: `${id}.example.com`, port, through });
  return { ...one, egress, host };
}

describe('an egress gateway', () => {
  forEachPlane((plane) => {
    const gateway = plane.of({ sidecar: 'gateway egress/way-out', ambient: 'waypoint egress/waypoint' });

    it.each([
      ['TLS of the application', ExternalPort.https(), 443],
      ['bytes', ExternalPort.postgres(), 5432],
      ['plain HTTP', ExternalPort.http(), 80],
      ['TLS that the gateway begins', ExternalPort.tlsOrigination(), 80],
    ])('lets out who calls, host by host: %s', async (_, port, number) => {
      const { chart, cart, payment, product, host } = leaving(plane);
      const [cards, rates] = [host('cards', port), host('rates', port)];
      cart.calls(cards);
      product.calls(rates);
      const mesh = await judged(chart);
      const asked = { port: number, path: '/' };
      const [mine, others, nobodys] = await mesh.answers([
        call(cart, cards, asked),
        call(product, cards, asked),
        call(payment, cards, asked),
      ]);
      expect(mine).toMatchObject({
        allowed: true,
        ways: [{ host: 'cards.example.com', hops: [{ at: gateway, allowed: true }, { allowed: true }] }],
      });
      // Bytes name no host: those of a caller who knows another host on the port end there.
      expect(others.allowed && others.ways.some((way) => way.host === 'cards.example.com')).toBe(false);
      expect(nobodys.allowed).toBe(false);
    });

    it('shows a certificate of a Secret to a partner', async () => {
      const { chart, cart, host } = leaving(plane);
      const partner = host('partner', ExternalPort.tlsOrigination({ credentialName: 'partner-tls' }));
      cart.calls(partner);
      const mesh = await judged(chart);
      const answer = await mesh.answer(call(cart, partner, { port: 80, path: '/' }));
      expect(answer.ways[0].hops).toMatchObject([
        { at: gateway, allowed: true },
        { at: 'partner.example.com', transport: 'TLS' },
      ]);
    });

    it('cannot be gone round', async () => {
      const { chart, cart, host } = leaving(plane);
      cart.calls(host('cards', ExternalPort.https()));
      const mesh = await judged(chart);
      expect(letsOut(mesh, 'shop/cart-v1', PUBLIC, 443)).toBe(false);
      const pods = plane.of({ sidecar: 'egress/way-out', ambient: 'egress/waypoint' });
      expect(gatewayLetsOut(mesh, pods, PUBLIC, 443)).toBe(true);
      expect(gatewayLetsOut(mesh, pods, PUBLIC, 80)).toBe(false);
      expect(gatewayLetsOut(mesh, pods, '10.0.0.7', 443)).toBe(false);
    });

    it('reads requests where they are HTTP', async () => {
      const { chart, cart, host } = leaving(plane);
      const rates = host('rates', ExternalPort.tlsOrigination());
      cart.calls(rates, { http: [HttpAccess.get('/v1/*')] });
      const mesh = await judged(chart);
      const answers = await mesh.answers(['/v1/eur', '/admin'].map((path) => call(cart, rates, { port: 80, path })));
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(answers[0].ways[0].hops.at(-1)).toMatchObject({ at: 'rates.example.com', transport: 'TLS' });
    });

    it('is gone round by pods of an open namespace, and a finding says so', () => {
      const { chart, host } = leaving(plane);
      const open = service(new MeshNamespace(chart, 'open', { dataPlane: plane.dataPlane }), 'web');
      open.calls(host('cards', ExternalPort.https()));
      expect(findingCodes(open)).toContain('MESH423');
    });
  });
});

/** A program in which one workload calls a host through the gateway, and one a wildcard. */
function besideWildcard(plane: PlaneUnderTest) {
  const one = leaving(plane);
  const cards = one.host('cards', ExternalPort.https());
  const all = new ExternalService(one.shop, 'all', { host: '*.example.com', port: ExternalPort.https() });
  one.product.calls(cards);
  one.cart.calls(all);
  return { ...one, cards, below: ['cards.example.com', 'eu.example.com'].map((host) => call(one.cart, { host }, { port: 443 })) };
}

describe('a wildcard beside a host behind an egress gateway', () => {
  forEachPlane((plane) => {
    it('lacks that name in ambient mode, for who calls the wildcard alone', async () => {
      const { chart, cart, below } = besideWildcard(plane);
      const answers = await (await judged(chart)).answers(below);
      expect(answers.map(({ allowed }) => allowed)).toEqual([plane.of({ sidecar: true, ambient: false }), true]);
      expect(findingCodes(cart).includes('MESH427')).toBe(plane.of({ sidecar: false, ambient: true }));
    });

    it('is lost to a sidecar that knows the way to the gateway, and not to ztunnel', async () => {
      const { chart, cart, cards, below } = besideWildcard(plane);
      // What the scope of a caller of both would say: the program itself stops at the finding.
      const answers = await meshFrom(meshOf(chart).manifests.map(knowingCards)).answers(below);
      expect(answers[1].allowed).toBe(plane.of({ sidecar: false, ambient: true }));
      cart.calls(cards);
      expect(findingCodes(cart).includes('MESH426')).toBe(plane.of({ sidecar: true, ambient: false }));
    });
  });
});

function knowingCards(manifest: object): object {
  const { kind, spec } = manifest as { kind: string; spec: { egress: [{ hosts: string[] }] } };
  if (kind !== 'Sidecar') return manifest;
  return {
    ...manifest,
    spec: { ...spec, egress: [{ hosts: [...new Set([...spec.egress[0].hosts, 'egress/cards.example.com'])].sort() }] },
  };
}

import { Chart } from 'cdk8s';
import {
  Callers,
  type CallOptions,
  HttpAccess,
  IpBlocks,
  JwtIssuer,
  Mesh,
  MeshCluster,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MeshReport,
  ServiceIdentity,
  VirtualMachines,
} from 'istio-constructs';
import { notAllowedThere } from '../../../lib/rules/elsewhere/not-allowed-there';
import { newChart, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { type Billing, newBilling, SIDECAR, writtenBy } from '../../written';

/** What is found where the cart calls the invoices of another program, which says something itself. */
function found({ dataPlane }: PlaneUnderTest, say: (theirs: Billing) => void, options: CallOptions = {}): string[] {
  const theirs = newBilling({ dataPlane });
  say(theirs);
  const { chart, cart } = shop({ dataPlane });
  cart.calls(MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy(theirs) }), options);
  const { findings } = MeshReport.of(chart);
  expect(findings.filter(({ code }) => code === 'MESH207')).toEqual([]);
  return findings.filter(({ code }) => code === notAllowedThere.code).map(({ text }) => text);
}

/** Machines that call invoices, in a namespace beside them. */
function machinesBeside(invoice: MeshedService): VirtualMachines {
  const desk = new MeshNamespace(Chart.of(invoice), 'desk', SIDECAR);
  return new VirtualMachines(desk, 'till', { ports: [MeshPort.http(8080)], machines: [{ address: '10.0.0.5' }] });
}

const CART = ServiceIdentity.of('shop', 'cart');
const [READ, WRITE] = [HttpAccess.get('/invoices/*'), HttpAccess.post('/invoices')];

describe(notAllowedThere.title, () => {
  forEachPlane((plane) => {
    const dataPlane = plane.of({ sidecar: 'DataPlane.sidecar()', ambient: 'DataPlane.ambient()' });

    it('tells of a call that nothing there allows, and what that program has to say', () => {
      const [text, ...more] = found(plane, () => {}, { port: 80 });
      expect(more).toEqual([]);
      expect(text).toContain(
        'MESH620 at test/shop/cart: shop/cart calls billing/invoice, whose program lets nobody in whom it does not allow',
      );
      expect(text).toContain('got: allowed to shop/cart in mesh.json: nothing\n');
      expect(text).toContain(`invoice.access.allow(ServiceIdentity.of('shop', 'cart', { dataPlane: ${dataPlane} }), { port: 80 });`);
      expect(text).toContain('declared at: test/rules/elsewhere/not-allowed-there.test.ts:');
    });

    it.each<[string, (theirs: Billing) => void, CallOptions]>([
      ['by its account', ({ invoice }) => invoice.access.allow(CART), {}],
      [
        'with all of its namespace',
        ({ invoice }) => invoice.access.allow(Callers.ofNamespace('shop'), { reason: 'a shop of one team' }),
        {},
      ],
      ['with anyone', ({ invoice }) => invoice.access.allowAnyone('a register'), { port: 80, http: [WRITE] }],
      ['in part, where nothing is said of the rest', ({ invoice }) => invoice.access.allow(CART, { http: [READ] }), {}],
      ['at the port that it names', ({ invoice }) => invoice.access.allow(CART, { port: 80 }), { port: 80 }],
      [
        'for a path of those that it may read',
        ({ invoice }) => invoice.access.allow(CART, { http: [READ] }),
        { port: 80, http: [HttpAccess.get('/invoices/1')] },
      ],
      [
        'for two parts, each by another grant',
        ({ invoice }) => [READ, WRITE].forEach((one) => invoice.access.allow(CART, { http: [one] })),
        { port: 80, http: [READ, WRITE] },
      ],
      [
        'by any method',
        ({ invoice }) => invoice.access.allow(CART, { http: [HttpAccess.anyMethod('/invoices/{*}')] }),
        { port: 80, http: [HttpAccess.get('/invoices/1')] },
      ],
    ])('is silent about one that is let in: %s', (_, say, options) => {
      expect(found(plane, say, options)).toEqual([]);
    });

    it.each<[string, (theirs: Billing) => void, CallOptions, string]>([
      ['another account', ({ invoice }) => invoice.access.allow(ServiceIdentity.of('shop', 'web')), {}, 'nothing'],
      ['another service', ({ ledger }) => ledger.access.allow(CART), {}, 'nothing'],
      ['another port', ({ invoice }) => invoice.access.allow(CART, { port: 9090 }), { port: 80 }, 'port 9090 (grpc)'],
      [
        'another method',
        ({ invoice }) => invoice.access.allow(CART, { port: 80, http: [READ] }),
        { port: 80, http: [HttpAccess.post('/invoices/1')] },
        'port 80 (http), GET /invoices/*',
      ],
      [
        'another path',
        ({ invoice }) => invoice.access.allow(CART, { port: 80, http: [READ] }),
        { port: 80, http: [HttpAccess.get('/status')] },
        'port 80 (http), GET /invoices/*',
      ],
      [
        'fewer paths',
        ({ invoice }) => invoice.access.allow(CART, { port: 80, http: [HttpAccess.get('/invoices/1')] }),
        { port: 80, http: [READ] },
        'port 80 (http), GET /invoices/1',
      ],
      [
        'requests of all kinds',
        ({ invoice }) => invoice.access.allow(CART, { port: 80, http: [READ] }),
        { port: 80, http: [HttpAccess.anyMethod('/invoices/1')] },
        'port 80 (http), GET /invoices/*',
      ],
    ])('tells of a grant for something else: %s', (_, say, options, got) => {
      const [text, ...more] = found(plane, say, options);
      expect(more).toEqual([]);
      expect(text.replace(/ \(test[^)]*\)/g, '')).toContain(`allowed to shop/cart in mesh.json: ${got}\n`);
    });

    it('tells of a refusal, with its line', () => {
      const refuse = ({ invoice }: Billing) => {
        invoice.access.allowAnyone('a register');
        invoice.access.deny(CART);
      };
      expect(found(plane, refuse)).toEqual([expect.stringContaining('whose program refuses that') as string]);
      expect(found(plane, refuse)[0]).toMatch(
        /got: a refusal in mesh\.json \(test\/rules\/elsewhere\/not-allowed-there\.test\.ts:\d+:\d+\)/,
      );
    });

    it('tells of it where machines alone are let in, whom their identity tells', () => {
      const [text, ...more] = found(plane, ({ invoice }) => invoice.access.allow(machinesBeside(invoice)));
      expect(more).toEqual([]);
      expect(text).toContain('got: allowed to shop/cart in mesh.json: nothing\n');
    });

    it.each<[string, (theirs: Billing) => void]>([
      ['of machines', ({ invoice }) => invoice.access.deny(machinesBeside(invoice))],
      [
        'of a block of addresses, in which nobody knows whether it is',
        ({ invoice }) => invoice.access.deny(Callers.at(IpBlocks.ofPeers('203.0.113.0/24'))),
      ],
    ])('is silent about a refusal %s', (_, refuse) => {
      const say = (theirs: Billing) => {
        theirs.invoice.access.allow(CART);
        refuse(theirs);
      };
      expect(found(plane, say)).toEqual([]);
    });

    it('keeps the token in what that program has to say', () => {
      const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/jwks', audiences: ['billing'] });
      const [text] = found(plane, () => {}, { port: 80, http: [WRITE], user: { issuer } });
      expect(text).toContain(
        '{ port: 80, http, user }), where http is POST /invoices and user is whose token this call has, of https://id.example.com;',
      );
    });

    it('is silent about a refusal of other requests than it makes', () => {
      const refuse = ({ invoice }: Billing) => {
        invoice.access.allow(CART);
        invoice.access.deny(CART, { http: [HttpAccess.delete('/invoices/1')] });
      };
      expect(found(plane, refuse)).toEqual([]);
      expect(found(plane, refuse, { port: 80, http: [READ] })).toEqual([]);
    });
  });

  it('names the cluster of the caller, where the callee is in another one', () => {
    const { billing } = newBilling();
    new Mesh(Chart.of(billing), 'mesh', { cluster: MeshCluster.of('west') });
    const { chart, cart } = shop(SIDECAR);
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east'), otherClusters: [MeshCluster.of('west', { podCidrs: ['10.8.0.0/14'] })] });
    cart.calls(MeshedService.fromMesh(chart, 'invoice', { mesh: writtenBy({ billing }) }));
    const [{ text }] = MeshReport.of(chart).findings.filter(({ code }) => code === notAllowedThere.code);
    expect(text).toContain("ServiceIdentity.of('shop', 'cart', { dataPlane: DataPlane.sidecar(), cluster: MeshCluster.of('east') }))");
  });

  it('is silent about an open service, until its program lets somebody else in', () => {
    const found = (isGranted: boolean) => {
      const theirs = newChart('theirs');
      const open = new MeshNamespace(theirs, 'open', SIDECAR);
      const web = new MeshedService(open, 'web', { image: 'web:1', ports: [MeshPort.http(80)] });
      if (isGranted) web.access.allow(ServiceIdentity.of('shop', 'other'));
      const { chart, cart } = shop(SIDECAR);
      cart.calls(MeshedService.fromMesh(chart, 'web', { mesh: writtenBy({ billing: open }) }));
      return MeshReport.of(chart).findings.filter(({ code }) => code === notAllowedThere.code);
    };
    expect(found(false)).toEqual([]);
    expect(found(true)).toHaveLength(1);
  });
});

import { ApiObject, type Chart } from 'cdk8s';
import { HttpAccess, MeshNamespace, Verdicts } from 'istio-constructs';
import { callersNamed, OUTSIDE_NAME, targetNamed } from '../../../lib/asking/names';
import type { Request } from '../../../lib/verdict/requests/request';
import { edgeGateway, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';

type Doors = ReturnType<Verdicts['doorsTo']>;

/** One request by each door, of everybody whom it lets in. */
function probesOf({ cluster }: MeshUnderTest, doors: Doors): Request[] {
  return doors.flatMap(({ callers, callee, allowed }) =>
    callers.flatMap((caller) =>
      allowed.map(({ example }): Request => {
        const [method, path] = example.split(' ');
        // istiod knows nobody outside: who dials a port of a node is to it whoever has no proxy.
        const [from] = caller === OUTSIDE_NAME ? callersNamed(cluster, 'pod:elsewhere') : callersNamed(cluster, caller);
        return { from, to: targetNamed(cluster, callee), method, path };
      }),
    ),
  );
}

function secondService(chart: Chart, name: string, spec: object): void {
  new ApiObject(chart, name, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'open' },
    spec: { selector: { app: 'notes' }, ports: [{ name: 'http', port: 8080 }], ...spec },
  });
}

function strict(chart: Chart, mode: string): void {
  new ApiObject(chart, 'strict', {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'all', namespace: 'open' },
    spec: { mtls: { mode } },
  });
}

describe('doors', () => {
  forEachPlane((plane) => {
    const openMesh = (mode: string) => {
      const chart = newChart();
      const open = new MeshNamespace(chart, 'open', { dataPlane: plane.dataPlane });
      const wiki = service(open, 'wiki');
      edgeGateway(chart, plane.dataPlane).expose(wiki, { host: 'wiki.example.com', port: 8080, pathPrefix: '/pages' });
      // Nobody is granted anything here, so that nothing closes it.
      service(open, 'notes');
      secondService(chart, 'notes-nodes', { type: 'NodePort' });
      strict(chart, mode);
      const mesh = Verdicts.of(chart);
      return { chart, doors: [...mesh.doorsTo('wiki'), ...mesh.doorsTo('notes')] };
    };

    it('of an open service are open as istiod has it, by gateway, port of a node, other Service and address', async () => {
      const { chart, doors } = openMesh('PERMISSIVE');
      expect([...new Set(doors.map(({ kind }) => kind))]).toEqual(['gateway', 'outer port', 'service']);
      const mesh = await judged(chart);
      const probes = probesOf(mesh, doors);
      const answers = await mesh.answers(probes);
      expect(answers.map(({ allowed }) => allowed)).toEqual(probes.map(() => true));
    });

    it('that take plaintext are closed by what is said to close them', async () => {
      const [before, after] = [openMesh('PERMISSIVE'), openMesh('STRICT')];
      const isPlain = ({ mtls }: Doors[number]): boolean => !mtls;
      const plain = before.doors.filter(isPlain);
      expect(plain.map(({ closedBy }) => closedBy)).toContain('mutual TLS that is STRICT, by a PeerAuthentication of namespace open');
      expect(after.doors.filter(isPlain)).toEqual([]);
      const mesh = await judged(after.chart);
      const answers = await mesh.answers(probesOf(mesh, plain));
      expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => false));
    });

    it('are none where istiod has none: strangers are refused at the Service and at its pods', async () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/products/*')] });
      expect(Verdicts.of(chart).doorsTo('product')).toEqual([]);
      const mesh = await judged(chart);
      const callers = ['pod:shop', 'pod:elsewhere', 'plain:shop', 'meshed:elsewhere'].flatMap((name) => callersNamed(mesh.cluster, name));
      const targets = ['product', 'pod:shop/product-v1:8080'].map((name) => targetNamed(mesh.cluster, name));
      const requests = callers.flatMap((from) => targets.map((to) => ({ from, to, path: '/products/1' })));
      const answers = await mesh.answers(requests);
      expect(answers.map(({ allowed }) => allowed)).toEqual(requests.map(() => false));
    });

    it('that a change of a gateway opens are those that istiod opens', async () => {
      const version = (pathPrefix: string) => {
        const { chart, product } = shop(plane);
        edgeGateway(chart, plane.dataPlane).expose(product, { host: 'shop.example.com', port: 8080, pathPrefix });
        return chart;
      };
      const [older, newer] = [version('/products/old'), version('/products')];
      const changes = Verdicts.of(newer).changesSince(Verdicts.of(older));
      const opened = changes.filter(
        ({ change, caller, callee = '' }) => change === 'opened' && caller === 'edge/gateway' && !callee.includes('/'),
      );
      expect(opened.length).toBeGreaterThan(0);
      const ways = Verdicts.of(newer).waysTo('product');
      expect(ways.map(({ callee }) => callee)).toEqual(expect.arrayContaining(opened.map(({ callee }) => callee)));
      for (const [chart, expected] of [
        [older, false],
        [newer, true],
      ] as const) {
        const mesh = await judged(chart);
        const requests = opened.map(({ callee = '', requests: told }): Request => {
          const [method, path] = told!.example.split(' ');
          return { from: { gateway: 'edge/gateway' }, to: targetNamed(mesh.cluster, callee), method, path };
        });
        expect((await mesh.answers(requests)).map(({ allowed }) => allowed)).toEqual(requests.map(() => expected));
      }
    });
  });
});

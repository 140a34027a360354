import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { DataPlane, HttpAccess, MeshedService, MeshPort, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import type { Request } from '../../../lib/verdict/requests/request';
import { findingCodes, manifest, newChart, service, spec } from '../../builders';
import { judged } from '../judged';
import type { MeshUnderTest } from '../mesh-under-test';
import { rawService, rawWorkload } from '../raw-objects';
import { call, dial, PLAINTEXT, STRANGERS } from '../requests';

/** In ambient mode the namespace has a waypoint for a neighbour's sake, or it has none, or it asked for one. */
const PLANES = {
  'sidecar mode': DataPlane.sidecar(),
  'ambient mode': DataPlane.ambient(),
  'ambient mode, a neighbour behind a waypoint': DataPlane.ambient(),
  'ambient mode, a waypoint for all': DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
};

const LEDGER = { name: 'ledger', namespace: 'data', port: 7000 };
const host = (name: string) => `${name}.data.svc.cluster.local`;
const everybodyElse = [STRANGERS.sidecar, STRANGERS.ambient, PLAINTEXT, { pod: { namespace: 'data' } }, { workload: 'data/stranger-v1' }];

/** A closed namespace with a web, a stranger and, perhaps, a neighbour that needs HTTP. */
function data(title: string) {
  const chart = newChart();
  const namespace = new ZeroTrustNamespace(chart, 'data', { dataPlane: PLANES[title as keyof typeof PLANES] });
  const timeout = title.includes('neighbour') ? Duration.seconds(3) : undefined;
  const [web, neighbour] = [service(namespace, 'web'), service(namespace, 'neighbour', { timeout })];
  service(namespace, 'stranger');
  web.calls(neighbour);
  return { chart, namespace, web, neighbour };
}

/** All of these arrive, by what istiod makes of them and through the network layer; and from anybody else none of them does. */
async function expectOnlyFrom(mesh: MeshUnderTest, callers: readonly string[], targets: ReadonlyArray<Request['to']>): Promise<void> {
  const ask = async (from: Request['from']) => {
    const requests = targets.map((to) => ({ from, to }));
    const answers = await mesh.answers(requests);
    return requests.map((request, index) => [request, answers[index].allowed, decide(mesh.cluster, request).allowed] as const);
  };
  for (const workload of callers) {
    const answers = await ask({ workload });
    expect(answers).toEqual(answers.map(([request]) => [request, true, expect.anything()]));
    const known = answers.filter(([{ to }]) => !('host' in to) || !/-1\./.test(to.host));
    expect(known).toEqual(known.map(([request]) => [request, true, true]));
  }
  for (const from of everybodyElse) {
    const answers = await ask(from);
    expect(answers).toEqual(answers.map(([request]) => [request, false, expect.anything()]));
  }
}

describe.each(Object.keys(PLANES))('(%s)', (title) => {
  it.each(['tcp', 'http'] as const)(
    'members of a StatefulSet that speak %s reach each other by pod name, and clients all of its names',
    async (speech) => {
      const { chart, namespace, web } = data(title);
      const workload = rawWorkload(chart, { ...LEDGER, kind: 'StatefulSet', replicas: 3 });
      const ledger = MeshedService.fromWorkload(namespace, 'ledger', workload, { ports: [MeshPort[speech](7000)] });
      ledger.calls(ledger);
      web.calls(ledger);
      rawService(chart, { ...LEDGER, name: 'ledger-peers', app: 'ledger', portName: speech, headless: true });
      const [itself, peers, peer] = ['ledger', 'ledger-peers', 'ledger-1.ledger-peers'].map((name) => ({ host: host(name), port: 7000 }));
      const mesh = await judged(chart);
      await expectOnlyFrom(mesh, ['data/web-v1'], [itself, peers, peer]);
      // Its first pod asks; to itself no pod needs the mesh.
      await expectOnlyFrom(mesh, ['data/ledger'], [itself, peer]);
    },
  );

  it('a Service that its user makes headless is called, and its neighbour keeps what it needs', async () => {
    const { chart, namespace, web, neighbour } = data(title);
    const cart = service(namespace, 'cart', { ports: [MeshPort.grpc(9090)] });
    ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
    web.calls(cart);
    const mesh = await judged(chart);
    await expectOnlyFrom(mesh, ['data/web-v1'], [{ host: cart.host, port: 9090 }]);
    const answer = await mesh.answer(call(web, neighbour));
    expect(answer.allowed).toBe(true);
    expect(answer.legs.some(({ timeout }) => timeout === '3s')).toBe(title.includes('neighbour'));
  });

  it('bytes go straight to a service, whatever its neighbours speak, unless a waypoint was asked for all', async () => {
    const { chart, namespace, web } = data(title);
    const db = service(namespace, 'db', { ports: [MeshPort.tcp(5432)] });
    web.calls(db);
    const mesh = await judged(chart);
    await expectOnlyFrom(mesh, ['data/web-v1'], [{ host: db.host, port: 5432 }]);
    const { ways } = await mesh.answer(call(web, db, { port: 5432 }));
    expect(ways[0].hops).toHaveLength(title.includes('for all') ? 2 : 1);
  });

  it('another Service over the pods is one more name of the service', async () => {
    const { chart, namespace, web } = data(title);
    const [db, cart] = [service(namespace, 'db', { ports: [MeshPort.tcp(5432)] }), service(namespace, 'cart')];
    web.calls(db);
    web.calls(cart);
    rawService(chart, { namespace: 'data', name: 'database', app: 'db', port: 5432 });
    rawService(chart, { namespace: 'data', name: 'basket', app: 'cart', portName: 'http', port: 8080 });
    const targets = [db.host, host('database')].map((name) => ({ host: name, port: 5432 }));
    const basket = { host: host('basket'), port: 8080 };
    await expectOnlyFrom(await judged(chart), ['data/web-v1'], [...targets, { host: cart.host, port: 8080 }, basket]);
  });
});

describe('requests by method and path', () => {
  it.each(Object.values(PLANES))(
    'are checked at every Service with an address, and no other Service is a way round (%#)',
    async (dataPlane) => {
      const chart = newChart();
      const namespace = new ZeroTrustNamespace(chart, 'data', { dataPlane });
      const [web, cart] = [service(namespace, 'web'), service(namespace, 'cart')];
      web.calls(cart, { http: [HttpAccess.get('/cart')] });
      rawService(chart, { namespace: 'data', name: 'basket', app: 'cart', portName: 'http', port: 8080 });
      rawService(chart, { namespace: 'data', name: 'cart-pods', app: 'cart', portName: 'http', port: 8080, headless: true });
      const mesh = await judged(chart);
      const to = (name: string, path: string): Request => ({
        from: { workload: 'data/web-v1' },
        to: { host: host(name), port: 8080 },
        path,
      });
      const answers = await mesh.answers(
        ['/cart', '/admin'].flatMap((path) => ['cart', 'basket', 'cart-pods'].map((name) => to(name, path))),
      );
      const isAmbient = dataPlane.waypoint !== Waypoint.NEVER;
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, !isAmbient, false, false, false]);
      const [past] = await mesh.answers([dial({ workload: 'data/web-v1' }, cart, { path: '/admin' })]);
      expect(past.allowed).toBe(false);
    },
  );
});

describe('a Service without an address', () => {
  it('is told that no waypoint checks its requests, in ambient mode alone', () => {
    for (const [dataPlane, codes] of [
      [DataPlane.ambient(), ['MESH117']],
      [DataPlane.sidecar(), []],
    ] as const) {
      const chart = newChart();
      const namespace = new ZeroTrustNamespace(chart, 'data', { dataPlane });
      const [web, cart] = [service(namespace, 'web'), service(namespace, 'cart')];
      web.calls(cart, { http: [HttpAccess.get('/cart')] });
      ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/clusterIP', 'None'));
      expect(findingCodes(chart)).toEqual(codes);
    }
  });

  it('needs no word of ours: bytes behind a neighbour’s waypoint are labelled, and their policy is for ztunnel', () => {
    const { chart, namespace, web } = data('ambient mode, a neighbour behind a waypoint');
    web.calls(service(namespace, 'db', { ports: [MeshPort.tcp(5432)] }));
    expect(manifest(chart, 'Service', 'db').metadata.labels).toMatchObject({ 'istio.io/use-waypoint': 'none' });
    expect(manifest(chart, 'Service', 'neighbour').metadata.labels ?? {}).not.toHaveProperty('istio.io/use-waypoint');
    expect(spec(chart, 'AuthorizationPolicy', 'db')).toMatchObject({ selector: { matchLabels: { app: 'db' } } });
  });
});

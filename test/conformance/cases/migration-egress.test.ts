import { DataPlane, EgressGateway, ExternalPort, ExternalService, HttpAccess, Migration, ZeroTrustNamespace } from 'istio-constructs';
import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { findingCodes, newChart, service } from '../../builders';
import type { Answer } from '../answer';
import { meshFrom, type MeshUnderTest } from '../mesh-under-test';
import { gatewayLetsOut, letsOut, reachesGateway } from '../network-layer';
import { type Build, mixedStates, podsOf, type Step, stepsBackWith, stepsWith } from '../stages';

type Planes = (dataPlane: DataPlane) => DataPlane;

const PUBLIC = '203.0.113.10';
const HOSTS = { tls: 443, plain: 80, db: 5432, begun: 80 };
const same: Planes = (dataPlane) => dataPlane;

/** A shop whose web may leave for four hosts, by method and path for one, and whose desk for another one; the gateway is in a namespace of its own. */
function program(ofGateway: Planes = same, ofCallers: Planes = same): Build {
  return (dataPlane) => {
    const chart = newChart();
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: ofCallers(dataPlane) });
    const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane: ofGateway(dataPlane) });
    const through = new EgressGateway(egress, 'way-out');
    const host = (id: string, port: ExternalPort) => new ExternalService(egress, id, { host: `${id}.example.com`, port, through });
    const [web, desk] = [service(shop, 'web'), service(shop, 'desk')];
    web.calls(host('tls', ExternalPort.https()));
    web.calls(host('plain', ExternalPort.http()));
    web.calls(host('db', ExternalPort.postgres()));
    web.calls(host('begun', ExternalPort.tlsOrigination()), { http: [HttpAccess.get('/v1/*')] });
    desk.calls(host('rates', ExternalPort.https()));
    return chart;
  };
}

const to = (id: keyof typeof HOSTS) => ({ host: `${id}.example.com`, port: HOSTS[id] });
const ids = Object.keys(HOSTS) as Array<keyof typeof HOSTS>;

/** What is not as it has to be: who may leaves through a gateway, by its own identity, and nobody else of these leaves at all. */
async function complaints(mesh: MeshUnderTest): Promise<string[]> {
  const pods = (name: string) => podsOf(mesh, `shop/${name}-v1`).map((workload) => ({ workload }));
  const ask = (from: Caller, id: keyof typeof HOSTS, path: string, isAllowed: boolean) => ({
    request: { from, to: to(id), path },
    isAllowed,
  });
  const asked = [
    ...pods('web').flatMap((from) => [...ids.map((id) => ask(from, id, '/v1/eur', true)), ask(from, 'begun', '/admin', false)]),
    ...pods('desk').flatMap((from) => ids.map((id) => ask(from, id, '/v1/eur', false))),
  ];
  const answers = await mesh.answers(asked.map(({ request }) => request));
  const said = asked.flatMap(({ request, isAllowed }, index) => {
    const { allowed, ways } = answers[index];
    const arrives = allowed && ways.some((way) => way.host === request.to.host);
    const at = ways.map(({ hops }) => hops[0]?.at);
    const isRight = arrives === isAllowed && (!arrives || at.every((gate) => gate in GATES));
    return isRight ? [] : [`${JSON.stringify(request)} is ${allowed ? 'allowed' : 'refused'} at ${at.join()}`];
  });
  const ports = Object.values(HOSTS);
  const round = [...pods('web'), ...pods('desk')].filter(({ workload }) => ports.some((port) => letsOut(mesh, workload, PUBLIC, port)));
  return [...said, ...round.map(({ workload }) => `${workload} may leave by itself`), ...shutWays(mesh, asked, answers)];
}

const GATES = { 'gateway egress/way-out': 'egress/way-out', 'waypoint egress/waypoint': 'egress/waypoint' };

/** Calls that a proxy lets through and a NetworkPolicy on the way to it does not. */
function shutWays(mesh: MeshUnderTest, asked: ReadonlyArray<{ readonly request: Request }>, answers: readonly Answer[]): string[] {
  return asked.flatMap(({ request: { from, to: host } }, index) => {
    const { allowed, ways } = answers[index];
    const gate = ways[0]?.hops[0]?.at as keyof typeof GATES;
    if (!allowed || !('workload' in from) || !(gate in GATES)) return [];
    const port = gate.startsWith('waypoint') ? 15008 : (host as { port: number }).port;
    return reachesGateway(mesh, from.workload, GATES[gate], port) ? [] : [`${from.workload} cannot reach ${gate} on ${port}`];
  });
}

async function onTheWay(build: Build, step: Step): Promise<string[]> {
  const found: string[] = [];
  for (const { name, mesh } of mixedStates(build, step)) found.push(...(await complaints(mesh)).map((text) => `${name}: ${text}`));
  return found;
}

describe('an egress gateway whose namespace moves with its callers', () => {
  it.each([...stepsWith(1), ...stepsBackWith(1)])('lets out the same calls, each under the name of its caller, $name', async (step) => {
    expect(await onTheWay(program(), step)).toEqual([]);
  });

  it.each([
    { name: 'PREPARE', dataPlane: DataPlane.ambient({ migration: Migration.PREPARE }) },
    { name: 'wave 1', dataPlane: DataPlane.ambient({ migration: Migration.wave(1) }) },
  ])('may be at $name for the whole way of its callers', async ({ dataPlane }) => {
    for (const step of [...stepsWith(1), ...stepsBackWith(1)])
      expect(
        await onTheWay(
          program(() => dataPlane),
          step,
        ),
      ).toEqual([]);
  });

  it('leaves by the pods of both forms, and by no others', () => {
    const [, { before, after }] = stepsWith(1);
    for (const dataPlane of [before, after]) {
      const [{ mesh }] = mixedStates(program(), { before: dataPlane, after: dataPlane });
      for (const pods of ['egress/way-out', 'egress/waypoint']) {
        expect([443, 22].map((port) => gatewayLetsOut(mesh, pods, PUBLIC, port))).toEqual([true, false]);
      }
    }
  });
});

describe('a call that loses its egress gateway', () => {
  const [toPrepare] = stepsWith(1);

  it.each([
    { name: 'its gateway keeps sidecar mode', gateway: DataPlane.sidecar() },
    { name: 'its gateway is in ambient mode already', gateway: DataPlane.ambient() },
  ])('is told before anything moves: $name', ({ gateway }) => {
    const codes = findingCodes(program(() => gateway)(toPrepare.after));
    expect([codes.includes('MESH138'), codes.includes('MESH422')]).toEqual([true, false]);
  });

  it('keeps it while the namespace of the gateway moves, if it has a sidecar for good, and is told that this ends', async () => {
    const stays = program(same, () => DataPlane.sidecar());
    for (const step of stepsWith(1).slice(0, 2)) {
      expect(findingCodes(stays(step.after))).toContain('MESH146');
      expect(await onTheWay(stays, step)).toEqual([]);
    }
    expect(findingCodes(stays(DataPlane.ambient()))).toContain('MESH422');
  });

  it('is one from the namespace of the gateway: what the waypoint reads there leads it to the gateway, which refuses it', async () => {
    const [, { after }] = stepsWith(1);
    const [{ mesh }] = mixedStates(program(), { before: after, after });
    const read = meshFrom(mesh.manifests.map(readAtHome));
    const asked = ids.map((id) => ({ from: { workload: 'shop/web-v1' }, to: to(id), path: '/v1/eur' }));
    expect((await read.answers(asked)).map(({ allowed }) => allowed)).toEqual(asked.map(() => false));
    const atHome: Build = (dataPlane) => {
      const chart = newChart();
      const egress = new ZeroTrustNamespace(chart, 'egress', { dataPlane });
      const through = new EgressGateway(egress, 'way-out');
      service(egress, 'web').calls(
        new ExternalService(egress, 'cards', { host: 'cards.example.com', port: ExternalPort.https(), through }),
      );
      return chart;
    };
    expect(findingCodes(atHome(toPrepare.after))).toContain('MESH138');
    expect(findingCodes(atHome(DataPlane.ambient()))).not.toContain('MESH138');
  });
});

/** Routes to the gateway as a caller in its namespace would need them. */
function readAtHome(manifest: object): object {
  const { kind, spec } = manifest as { kind: string; spec: { exportTo: string[] } };
  return kind === 'VirtualService' ? { ...manifest, spec: { ...spec, exportTo: ['.', ...spec.exportTo] } } : manifest;
}

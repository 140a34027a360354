import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { DataPlane, MeshReport, ReleaseController, ZeroTrustNamespace } from 'istio-constructs';
import { canary, service } from '../builders';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };
type Plane = keyof typeof PLANES;

const folder = mkdtempSync(join(tmpdir(), 'last-synth-'));
const file = join(folder, 'mesh.json');
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  rmSync(file, { force: true });
  delete process.env.ISTIO_CONSTRUCTS_LAST_MESH;
});

function shop(plane: Plane, outdir = folder): App {
  const app = new App({ outdir });
  const shopNamespace = new ZeroTrustNamespace(new Chart(app, 'shop'), 'shop', { dataPlane: PLANES[plane] });
  canary(service(shopNamespace, 'cart'));
  return app;
}

const meshOf = (plane: Plane) => MeshReport.of(shop(plane)).toJson();
const switches = (app: App) => MeshReport.of(app).findings.filter(({ code }) => code === 'MESH120');

/** A canary in its first half of life has these objects in one plane only. */
const LEFT = {
  sidecar: 'DestinationRule cart; Sidecar cart; VirtualService cart',
  ambient:
    'AuthorizationPolicy waypoint-deny-all; ConfigMap waypoint-infrastructure; Gateway waypoint; HTTPRoute cart; NetworkPolicy waypoint; Service cart-v1, cart-v2',
};

describe('a namespace that was in another data plane at the last synth', () => {
  it.each<[Plane, Plane]>([
    ['sidecar', 'ambient'],
    ['ambient', 'sidecar'],
  ])('from %s to %s is told, with what is left behind, and nothing that restarts by itself', (before, now) => {
    writeFileSync(file, JSON.stringify({ version: 1, clusters: [JSON.parse(meshOf(before))] }));
    const [{ level, path, text }, ...more] = switches(shop(now));

    expect({ level, path, more }).toEqual({ level: 'warning', path: 'shop/shop', more: [] });
    expect(text).toContain(`left behind in the cluster: ${LEFT[before]}`);
    expect(text).not.toContain('kubectl rollout restart');
  });

  it('is told where a report was written as it is', () => {
    writeFileSync(file, meshOf('sidecar'));
    expect(switches(shop('ambient'))).toHaveLength(1);
  });

  it('is told where the file lies elsewhere, for the folder was emptied', () => {
    writeFileSync(file, meshOf('sidecar'));
    process.env.ISTIO_CONSTRUCTS_LAST_MESH = file;
    expect(switches(shop('ambient', join(folder, 'dist')))).toHaveLength(1);
  });

  it('is not told to a back end that has no output folder', () => {
    process.env.ISTIO_CONSTRUCTS_LAST_MESH = file;
    writeFileSync(file, meshOf('sidecar'));
    expect(switches(shop('ambient', ''))).toEqual([]);
  });
});

describe('nothing is told', () => {
  it.each<[string, () => string]>([
    ['of the same plane', () => meshOf('ambient')],
    [
      'of two clusters, of which one is in this plane',
      () => JSON.stringify({ version: 1, clusters: ['sidecar', 'ambient'].map((plane) => JSON.parse(meshOf(plane as Plane))) }),
    ],
    ['of another chart', () => meshOf('sidecar').replaceAll('"path": "shop/', '"path": "other/')],
    ['of a file of a later version', () => JSON.stringify({ version: 2, clusters: [JSON.parse(meshOf('sidecar'))] })],
    ['of a file that is cut off', () => meshOf('sidecar').slice(0, 500)],
    ['of a file that says something else', () => '[1, {"namespaces": 7}]'],
    ['of odd lists in it', () => JSON.stringify({ version: 1, clusters: [null, { namespaces: [null, 1, {}], objects: 'x' }] })],
  ])('%s', (_, mesh) => {
    writeFileSync(file, mesh());
    expect(switches(shop('ambient'))).toEqual([]);
  });

  it('of a first synth', () => {
    expect(switches(shop('ambient'))).toEqual([]);
  });
});

describe('routes that Flagger has made', () => {
  const released = (plane: Plane): App => {
    const app = new App({ outdir: folder });
    const namespace = new ZeroTrustNamespace(new Chart(app, 'shop'), 'shop', { dataPlane: PLANES[plane] });
    service(namespace, 'cart', { releaseController: ReleaseController.flagger({ interval: Duration.minutes(1) }) });
    return app;
  };
  const told = (app: App) => MeshReport.of(app).findings.filter(({ code }) => code === 'MESH145');

  it.each<[Plane, Plane, string]>([
    ['sidecar', 'ambient', 'VirtualService cart; DestinationRule cart-primary, cart-canary'],
    ['ambient', 'sidecar', 'HTTPRoute cart'],
  ])('from %s to %s are told', (before, now, left) => {
    writeFileSync(file, MeshReport.of(released(before)).toJson());
    expect(told(released(now))).toMatchObject([
      { path: 'shop/shop', text: expect.stringContaining(`left behind in the cluster: ${left}\n`) },
    ]);
    writeFileSync(file, MeshReport.of(released(now)).toJson());
    expect(told(released(now))).toEqual([]);
  });

  it('are none of a service whose routes the program made', () => {
    writeFileSync(file, meshOf('sidecar'));
    expect(told(released('ambient'))).toEqual([]);
  });
});

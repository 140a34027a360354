import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { DataPlane, MeshReport, Migration, ReleaseController, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { type Manifest, service } from '../../builders';
import { acted } from '../controllers/acted';
import { meshFrom, meshOf } from '../mesh-under-test';
import { sharesByWorkload } from '../stages';

interface Stage {
  readonly migration?: Migration;
  readonly isSidecar?: boolean;
  readonly retries?: boolean;
}

const LAST = { migration: Migration.wave(1) };
const ROUTES = ['VirtualService', 'DestinationRule', 'HTTPRoute'];

/** A shop with its own waypoint, another that shares one, and a caller that keeps its sidecar. */
function shops({ migration, isSidecar = false, retries = false }: Stage, outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop');
  const at = (waypoint?: Waypoint) => (isSidecar ? DataPlane.sidecar() : DataPlane.ambient({ migration, waypoint }));
  new ZeroTrustNamespace(chart, 'home', { dataPlane: at(Waypoint.ALWAYS) });
  const apart = service(new ZeroTrustNamespace(chart, 'apart', { dataPlane: DataPlane.sidecar() }), 'web');
  for (const [name, waypoint] of [['shop'], ['guest', Waypoint.sharedFrom('home')]] as const) {
    const namespace = new ZeroTrustNamespace(chart, name, { dataPlane: at(waypoint) });
    const cart = service(namespace, 'cart', {
      timeout: Duration.seconds(3),
      retries: retries ? { attempts: 1 } : undefined,
      releaseController: ReleaseController.flagger({ interval: Duration.minutes(1) }),
    });
    service(namespace, 'web').calls(cart);
    apart.calls(cart);
  }
  return app;
}

const keyOf = ({ apiVersion, kind, metadata }: Manifest) => `${kind}.${apiVersion.split('/')[0]} ${metadata.namespace}/${metadata.name}`;

/** What is in the cluster when one stage is applied over another while Flagger tries a version out. Routes that it makes anew are the younger ones. */
function over(before: Stage, after: Stage): { readonly now: Manifest[]; readonly left: Manifest[] } {
  const [old, now] = [
    acted(meshOf(shops(before)).manifests, 'before').filter(({ kind }) => ROUTES.includes(kind)),
    acted(meshOf(shops(after)).manifests, 'during'),
  ];
  const keys = new Set(now.map(keyOf));
  const young = (one: Manifest): Manifest =>
    one.kind === 'HTTPRoute' ? { ...one, metadata: { ...one.metadata, creationTimestamp: '2999-01-01T00:00:00Z' } as never } : one;
  return { now: now.map(young), left: old.filter((one) => !keys.has(keyOf(one))) };
}

async function sharesIn(manifests: readonly Manifest[]): Promise<string[]> {
  const calls = [
    ['shop/web-v1', 'shop'],
    ['guest/web-v1', 'guest'],
    ['apart/web-v1', 'shop'],
  ];
  const answers = await meshFrom(manifests).answers(
    calls.map(([workload, at]) => ({ from: { workload }, to: { host: `cart.${at}.svc.cluster.local`, port: 8080 }, path: '/' })),
  );
  return answers.map((answer) => Object.values(sharesByWorkload(answer)).join('/'));
}

const TRIED = ['30/70', '30/70', '30/70'];

/** What the program tells, when one stage was the last synth. */
function told(before: Stage, after: Stage): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'flagger-'));
  writeFileSync(join(outdir, 'mesh.json'), MeshReport.of(shops(before)).toJson());
  return MeshReport.of(shops(after, outdir))
    .findings.filter(({ code }) => code === 'MESH145')
    .map(({ text }) => text);
}

/** Objects that the commands in findings delete. */
function deleted(texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const [, namespace, names] = /kubectl delete --namespace (\S+) (.*)/.exec(text)!;
    return names.split(' ').map((name) => name.replace('/', ` ${namespace}/`));
  });
}

const argumentsOf = (objects: readonly Manifest[]) => objects.map((one) => keyOf(one).replace(/^\w+/, (kind) => kind.toLowerCase())).sort();

describe('routes that Flagger has made for another stage', () => {
  it.each([
    // Beside an HTTPRoute of its namespace a waypoint there reads no other route; the others read the older of the two.
    { name: 'forwards', before: LAST, after: {}, obeyed: ['30/70', '100', '100'] },
    { name: 'in one step', before: { isSidecar: true }, after: {}, obeyed: ['30/70', '100', '100'] },
    { name: 'backwards', before: {}, after: LAST, obeyed: ['100', '100', '100'] },
  ])('are obeyed while they are there, $name, and are all that is told', async ({ before, after, obeyed }) => {
    const { now, left } = over(before, after);
    expect(await sharesIn([...now, ...left])).toEqual(obeyed);
    expect(await sharesIn(now)).toEqual(TRIED);
    expect(deleted(told(before, after)).sort()).toEqual(argumentsOf(left));
  });

  it('are told ahead at the last wave', () => {
    const { left } = over(LAST, {});
    expect(deleted(told(LAST, LAST)).sort()).toEqual(argumentsOf(left));
    expect(told(LAST, { migration: Migration.PREPARE })).toEqual([]);
  });

  it('are none where it goes on with its VirtualServices, which have the words', () => {
    const [before, after] = [{ ...LAST, retries: true }, { retries: true }];
    expect([over(before, after).left, told(before, after), told(before, before)]).toEqual([[], [], []]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Chart, Yaml } from 'cdk8s';
import { DataPlane, MeshReport } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { podTemplates } from './changes';
import { deleteAll, everything, leftovers, refusals, run, stored } from './kubectl';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };
type Plane = keyof typeof PLANES;

const folder = mkdtempSync(join(tmpdir(), 'switch-'));
afterAll(() => rmSync(folder, { recursive: true }));

function shop(plane: Plane): Chart {
  return new OnlineShop(new App({ outdir: folder }), 'online-shop', { dataPlane: PLANES[plane] });
}

const yamlOf = (plane: Plane) => Yaml.stringify(...(shop(plane).toJson() as object[]));

/** What MESH120 says to do after applying, for all namespaces. */
function commands(before: Plane, now: Plane): string[] {
  writeFileSync(join(folder, 'mesh.json'), MeshReport.of(shop(before)).toJson());
  const texts = MeshReport.of(shop(now)).findings.filter(({ code }) => code === 'MESH120');
  return texts.flatMap(({ text }) => [...text.matchAll(/then kubectl (.*?)(?=; then|\n)/g)].map(([, command]) => command));
}

describe.each<[Plane, Plane]>([
  ['sidecar', 'ambient'],
  ['ambient', 'sidecar'],
])('the shop, from %s to %s', (before, now) => {
  let others: string[];
  beforeAll(async () => {
    others = await everything();
  });
  afterAll(async () => {
    for (const plane of [before, now]) await deleteAll(yamlOf(plane));
  });

  // The server gives the addresses of Services, and names an object for each.
  const news = async () => (await leftovers(others, 0)).filter((object) => !object.startsWith('IPAddress '));

  it('has what the new manifests say and nothing else, once the commands of MESH120 have run', async () => {
    expect(await refusals(yamlOf(now))).toEqual([]);
    const wanted = await news();
    await deleteAll(yamlOf(now));
    expect(await leftovers(others)).toEqual([]);

    expect(await refusals(yamlOf(before))).toEqual([]);
    expect(await refusals(yamlOf(now))).toEqual([]);
    expect(await news()).not.toEqual(wanted);
    for (const command of commands(before, now)) await run(command.split(' '));
    expect(await news()).toEqual(wanted);
  });

  it('restarts every pod by itself, so that no command has to', async () => {
    expect(await refusals(yamlOf(before))).toEqual([]);
    const old = podTemplates(await stored(yamlOf(before)));
    expect(await refusals(yamlOf(now))).toEqual([]);
    const templates = podTemplates(await stored(yamlOf(now)));
    expect([...templates.keys()].sort()).toEqual([...old.keys()].sort());
    for (const [name, template] of templates) expect(template).not.toEqual(old.get(name));
    expect(commands(before, now).filter((command) => !command.startsWith('delete'))).toEqual([]);
  });
});

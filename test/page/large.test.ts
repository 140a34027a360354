import { type MeshGraph, type MeshGraphNode, type MeshGraphObject, Verdicts } from 'istio-constructs';
import { parseAllDocuments } from 'yaml';
import { asPage } from '../../lib/cli/formats/page';
import { largeMesh } from './large-mesh';
import { onMap, opened } from './opened';

const SERVICES = 500;
const LOADED = 5_000;
const OPENED = 3_000;
const ANSWERED = 8_000;

const html = asPage({ graph: graphOf(), source: { ...Verdicts.ofYaml('').source, objects: objectsOf() }, open: [] }, '500 services');

describe('500 services', () => {
  it('are there soon, by their namespaces, and open as soon', async () => {
    const started = performance.now();
    const { page, troubles } = await opened(html);
    expect(await page.locator('#counts').textContent()).toBe('50 namespaces, 500 services, 998 calls');
    expect(performance.now() - started).toBeLessThan(LOADED);
    expect(await page.locator('#map .item').count()).toBe(50);

    const clicked = performance.now();
    await page.locator(onMap('namespace team-3')).click();
    expect(await page.locator('#map .item-service').count()).toBe(10);
    expect(performance.now() - clicked).toBeLessThan(OPENED);
    expect(html.length).toBeLessThan(5_000_000);
    expect(troubles).toEqual([]);
  });

  it('are found, and asked about', async () => {
    const { page } = await opened(html);
    await page.getByRole('searchbox').fill('service-333');
    await page.getByRole('searchbox').press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('team-33/service-333');

    await page.locator('#to-ask').click();
    await page.locator('#ask [name=from]').fill('team-8/service-83');
    await page.locator('#ask [name=to]').fill('team-33/service-333');
    const asked = performance.now();
    await page.locator('#ask button[type=submit]').click();
    expect(await page.locator('#answer .verdict').textContent()).toMatch(/^allowed, by AuthorizationPolicy team-33\/service-333 /);
    expect(performance.now() - asked).toBeLessThan(ANSWERED);
  });
});

/** As `Verdicts.graph` has it, which other tests are about: who calls whom is plain in this mesh. */
function graphOf(): MeshGraph {
  const numbers = Array.from({ length: SERVICES }, (_, index) => index);
  const id = (index: number): string => `service ${namespaceOf(index)}/service-${index}`;
  const nodes = numbers.map((index): MeshGraphNode => ({
    id: id(index),
    kind: 'service',
    name: `service-${index}`,
    namespaceName: namespaceOf(index),
    plane: 'sidecar',
    title: `Service service-${index}`,
    objects: [],
  }));
  const edges = numbers.flatMap((index) =>
    [Math.floor(index / 4), Math.floor(index / 9)]
      .filter((caller) => caller !== index)
      .map((caller, place) => ({
        id: `${id(caller)} -> ${id(index)} ${place}`,
        caller: id(caller),
        callee: id(index),
        workloads: [],
        butNot: [],
        port: 8080,
        protocol: 'HTTP',
        mtls: 'yes',
        enforcedAt: 'ztunnel',
        requests: ['any'],
        shares: [],
        decidedBy: [],
        routedBy: [],
        whoever: false,
      })),
  );
  const names = [...new Set(numbers.map(namespaceOf))];
  return { namespaces: names.map((name) => ({ name, plane: 'sidecar' })), nodes, edges, objects: {}, notRead: [] };
}

function namespaceOf(index: number): string {
  return `team-${Math.floor(index / 10)}`;
}

function objectsOf(): MeshGraphObject[] {
  return parseAllDocuments(largeMesh(SERVICES)).map((document, index) => ({
    kind: String(document.get('kind')),
    name: String(document.getIn(['metadata', 'name'])),
    file: 'mesh.yaml',
    line: index + 1,
    column: 1,
    yaml: String(document),
  }));
}

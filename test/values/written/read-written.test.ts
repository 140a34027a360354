import { WrittenMesh } from 'istio-constructs';
import { newChart, service } from '../../builders';
import { expectRefusal } from '../../support/refusal';
import { meshJsonOf, newBilling } from '../../written';
import { readWritten } from '../../../lib/values/written/read-written';

interface Json {
  [key: string]: unknown;
  clusters: Array<Record<string, Array<Record<string, unknown>>>>;
}

const text = meshJsonOf(newBilling().billing);

function changed(change: (json: Json) => void): string {
  const json = JSON.parse(text) as Json;
  change(json);
  return JSON.stringify(json);
}

describe('the text of a mesh.json', () => {
  it('is that of synth, or of a report', () => {
    const [cluster] = (JSON.parse(text) as Json).clusters;
    const names = (one: string) => readWritten('mesh.json', one, undefined).services.map(({ name }) => name);
    expect(names(text)).toEqual(['invoice', 'ledger']);
    expect(names(JSON.stringify(cluster))).toEqual(['invoice', 'ledger']);
  });

  it('may have more in it than this version knows', () => {
    const more = changed(({ clusters: [cluster] }) => Object.assign(cluster.services[0], { colour: 'green' }));
    expect(readWritten('mesh.json', more, undefined).services).toHaveLength(2);
  });

  it.each([
    ['nothing', '', 'nothing'],
    ['YAML', 'apiVersion: v1', 'apiVersion: v1'],
    ['a list', '[]', '[]'],
    ['other JSON', '{ "name": "billing" }', 'undefined'],
  ])('fails if it is %s', (_, wrong, got) => {
    expectRefusal(() => WrittenMesh.fromJson(wrong), { code: 'MESH943', path: 'WrittenMesh', fix: 'MeshReport.toJson', got });
  });

  it.each<[string, (json: Json) => void]>([
    ['clusters[0].services[0].ports is a list', ({ clusters: [{ services }] }) => delete services[0].ports],
    [
      'clusters[0].services[0].ports[0].targetPort is a number',
      ({ clusters: [{ services }] }) =>
        (services[0].ports = [{ name: 'http', number: 80, targetPort: '8080', appProtocol: 'http', readsHttp: true }]),
    ],
    [
      'clusters[0].namespaces[0].mode of mesh.json is one of sidecar, ambient',
      ({ clusters: [{ namespaces }] }) => (namespaces[0].mode = 'both'),
    ],
    [
      'clusters[0].services[0].podLabels.app of mesh.json is a text',
      ({ clusters: [{ services }] }) => (services[0].podLabels = { app: 5 }),
    ],
    ['clusters[0] of mesh.json is an object', (json) => (json.clusters = [5 as never])],
  ])('fails with the place that is odd: %s', (place, change) => {
    const act = () => WrittenMesh.fromJson(changed(change));
    expectRefusal(act, { code: 'MESH943', path: 'WrittenMesh', fix: 'written by an older version' });
    expect(act).toThrow(place.includes(' of ') ? place : place.replace(' is ', ' of mesh.json is '));
  });

  it('fails in another version of the layout', () => {
    const act = () => WrittenMesh.fromJson(changed((json) => Object.assign(json, { version: 2 })));
    expectRefusal(act, { code: 'MESH944', path: 'WrittenMesh', fix: 'the same version', got: 'version 2 in mesh.json' });
  });
});

describe('a mesh.json of several Apps', () => {
  const other = newChart('orders-chart');
  service(other, 'orders');
  const several = meshJsonOf(newBilling().billing, other);
  const read = (cluster?: string) => () => WrittenMesh.fromJson(several, { cluster });
  const refusal = { code: 'MESH945', path: 'WrittenMesh' };

  it('is read for the one that has a chart of this id', () => {
    expect(readWritten('mesh.json', several, 'orders-chart').services.map(({ name }) => name)).toEqual(['orders']);
  });

  it('fails unless one of them is named, and lists them', () => {
    expectRefusal(read(), { ...refusal, got: 'no cluster, and 2 are there', fix: 'billing-chart; orders-chart' });
    expectRefusal(read('order-chart'), { ...refusal, got: "cluster 'order-chart', which fits 0 of 2", fix: 'did you mean orders-chart?' });
  });

  it('fails where a name fits two', () => {
    const twice = meshJsonOf(newBilling().billing, newBilling().billing);
    const act = () => WrittenMesh.fromJson(twice, { cluster: 'billing-chart' });
    expectRefusal(act, { ...refusal, got: "cluster 'billing-chart', which fits 2 of 2", fix: 'set cluster' });
  });

  it('fails without any', () => {
    expectRefusal(() => WrittenMesh.fromJson('{ "version": 1, "clusters": [] }'), {
      ...refusal,
      got: 'no cluster, and 0 are there',
      fix: '',
    });
  });
});

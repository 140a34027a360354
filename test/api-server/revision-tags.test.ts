import { Yaml } from 'cdk8s';
import { IstioInstallation } from 'istio-constructs';
import type { Manifest } from '../builders';
import { newChart } from '../builders';
import { deleteAll, refusals, stored } from './kubectl';

const NAMESPACE: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tagged' } } as Manifest;

/** The file of a program whose tag is with one of two control planes. */
function tagAt(revision: string): string {
  const revisions = ['blue', 'green'].map((name) => ({ name, tags: name === revision ? ['prod'] : [] }));
  return Yaml.stringify(NAMESPACE, ...new IstioInstallation(newChart(), 'istio', { namespaceName: 'tagged', revisions }).revisionTags);
}

describe('a tag of a revision', () => {
  afterAll(() => deleteAll(tagAt('blue')));

  it('moves to another control plane and back by one apply, and is never gone', async () => {
    const uids = new Set<unknown>();
    for (const revision of ['blue', 'green', 'blue']) {
      expect(await refusals(tagAt(revision))).toEqual([]);
      const objects = [...(await stored(tagAt(revision))).values()].filter(({ kind }) => kind !== 'Namespace');
      expect(objects.map(({ kind }) => kind).sort()).toEqual(['MutatingWebhookConfiguration', 'Service']);
      expect(JSON.stringify(objects)).toContain(`istiod-${revision}`);
      for (const { metadata } of objects) {
        expect(metadata.labels).toMatchObject({ 'istio.io/tag': 'prod', 'istio.io/rev': revision });
        uids.add((metadata as unknown as { uid: string }).uid);
      }
    }
    expect(uids.size).toBe(2);
  });
});

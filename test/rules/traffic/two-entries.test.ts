import { twoEntries } from '../../../lib/rules/traffic/two-entries';
import type { ManifestObject } from '../../../lib/model/mesh-model';
import { findings, namespace, raw } from '../model-builder';

function entry(name: string, namespaceName: string, exportTo = '[.]', host = 'api.example.com'): ManifestObject[] {
  return raw(`
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: ${namespaceName} }
spec: { hosts: [${host}], exportTo: ${exportTo} }
`);
}

const a = entry('a', 'shop');

describe(twoEntries.title, () => {
  it.each([
    ['that nobody sees both', entry('b', 'web')],
    ['of two hosts', entry('b', 'shop', '["*"]', 'cdn.example.com')],
    ['of which one is seen nowhere', entry('b', 'web', '["~"]')],
  ])('takes two entries %s', (_, b) => {
    expect(findings(twoEntries, { objects: [...a, ...b], namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
  });

  it.each([
    ['in one namespace', entry('b', 'shop', '[web]')],
    ['seen by one namespace', entry('b', 'web', '[., shop]')],
    ['of which one is seen everywhere', entry('b', 'web', '["*"]')],
    ['of which one does not say', entry('b', 'web', '[]', 'API.example.com')],
  ])('fails two entries %s', (_, b) => {
    expect(findings(twoEntries, { objects: [...b, ...a] })).toMatchObject([
      {
        on: { path: 'raw/serviceentry/b' },
        got: 'raw/serviceentry/a and raw/serviceentry/b',
        fix: 'declare the host once, with all its ports, in one namespace',
      },
    ]);
  });

  it.each(['shop', 'web'])('fails two entries when %s is ambient, whatever they say', (name) => {
    const objects = [...a, ...entry('b', 'web')];
    expect(findings(twoEntries, { objects, namespaces: [namespace(name, 'ambient')] })).toHaveLength(1);
  });
});

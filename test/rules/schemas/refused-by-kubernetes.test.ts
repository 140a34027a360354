import { refusedByKubernetes } from '../../../lib/rules/schemas/refused-by-kubernetes';
import { findings, made, raw } from '../model-builder';

const find = (text: string) => findings(refusedByKubernetes, { objects: raw(text) });

const service = (spec: string) => `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { ${spec} } }`;
const deployment = (spec: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop }, spec: { ${spec} } }`;
const container = (words: string) => deployment(`template: { spec: { containers: [{ name: cart, ${words} }] } }`);
const virtualService = (metadata: string) =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: ${metadata}, spec: { hosts: [cart] } }`;

describe(refusedByKubernetes.title, () => {
  it.each([
    ['ports that are no list', service('ports: { port: 80 }'), 'spec.ports has to be a list'],
    ['a port that is a text', service('ports: [{ port: "80" }]'), 'spec.ports[0].port has to be a whole number'],
    ['a port that is none', service('ports: [{ port: 80 }, web]'), 'spec.ports[1] has to be an object'],
    ['a port beyond the last', service('ports: [{ port: 70000 }]'), 'spec.ports[0].port is too large'],
    [
      'a target that is a number in a text',
      service('ports: [{ port: 80, targetPort: "8080" }]'),
      'spec.ports[0].targetPort is a text of digits alone',
    ],
    ['an unknown protocol', service('ports: [{ port: 80, protocol: HTTP }]'), 'spec.ports[0].protocol has to be one of its words'],
    ['a selector with a number', service('selector: { version: 1 }'), 'spec.selector.version has to be a text'],
    ['replicas that are a text', deployment('replicas: "2"'), 'spec.replicas has to be a whole number'],
    [
      'containers that are no list',
      deployment('template: { spec: { containers: { name: cart } } }'),
      'spec.template.spec.containers has to be a list',
    ],
    ['a number in the environment', container('env: [{ name: PORT, value: 8080 }]'), 'env[0].value has to be a text'],
    ['a number among arguments', container('args: [--port, 8080]'), 'args[1] has to be a text'],
    [
      'a selector that does not pick its own pods',
      deployment('selector: { matchLabels: { app: cart } }, template: { metadata: { labels: { app: kart } } }'),
      'its selector does not pick the pods of its own template',
    ],
    [
      'a number in a ConfigMap',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: c }, data: { PORT: 8080 } }',
      'data.PORT has to be a text',
    ],
  ])('tells of %s', (_, text, message) => {
    expect(find(text)).toMatchObject([{ message: expect.stringContaining(message), field: expect.anything() }]);
  });

  it('tells of what has no name', () => {
    const parsed = (text: string) => raw(text.replace('NAME', 'x')).map((object) => ({ ...object, name: '' }));
    const without = (text: string, metadata: unknown) =>
      parsed(text).map((object) => ({ ...object, manifest: { ...object.manifest, metadata } }));
    for (const text of [service('ports: [{ port: 80 }]'), virtualService('{ name: NAME }')]) {
      expect(findings(refusedByKubernetes, { objects: without(text, null) })).toMatchObject([{ got: 'no metadata' }]);
      expect(findings(refusedByKubernetes, { objects: without(text, { namespace: 'shop' }) })).toMatchObject([
        { fix: 'write metadata.name' },
      ]);
      expect(findings(refusedByKubernetes, { objects: without(text, { generateName: 'cart-' }) })).toEqual([]);
    }
    const others = without('{ apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, metadata: { name: x } }', undefined);
    expect(findings(refusedByKubernetes, { objects: others })).toEqual([]);
  });

  it.each([
    ['what an overlay says of its base', deployment('template: { spec: { containers: [{ image: "cart:2" }] } }')],
    ['fields that nobody here knows', service('ports: [{ port: 80, targetPort: http }], trafficDistribution: PreferClose')],
    ['null', service('ports: null, selector: null')],
    [
      'pods with more labels than are picked',
      deployment('selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a, b: c } } }'),
    ],
    ['a kind of others', '{ apiVersion: example.com/v1, kind: Cart, metadata: { name: c }, spec: { replicas: "2" } }'],
  ])('takes %s', (_, text) => {
    expect(find(text)).toEqual([]);
  });

  it('mends numbers and texts', () => {
    expect(find(service('ports: [{ port: "80", targetPort: "8080" }]')).flatMap(({ cures }) => cures)).toMatchObject([
      { kind: 'set', was: '80', to: 80 },
      { kind: 'set', was: '8080', to: 8080 },
    ]);
    expect(find(container('env: [{ name: A, value: true }]'))[0].cures).toMatchObject([{ kind: 'quote', was: true }]);
  });

  it('leaves what constructs write alone', () => {
    expect(findings(refusedByKubernetes, { objects: made(service('ports: [{ port: "80" }]')) })).toEqual([]);
  });
});

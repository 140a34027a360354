import { relativePatch } from '../../../lib/rules/patches/relative-patch';
import { envoyFilter } from '../in-few-words';
import { findings, raw } from '../model-builder';

const OTHER = envoyFilter(
  'configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: ADD } }, { patch: { operation: ADD } }]',
).replace('lua', 'wasm');
const find = (spec: string, other = OTHER) => findings(relativePatch, { objects: [...raw(envoyFilter(spec)), ...raw(other)] });
const INSERTS = 'configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: INSERT_BEFORE } }]';

describe(relativePatch.title, () => {
  it.each([
    'configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: MERGE } }]',
    'configPatches: [{ applyTo: CLUSTER, patch: { operation: ADD } }]',
    'priority: 10, configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: INSERT_BEFORE } }]',
  ])('takes %s', (spec) => {
    expect(find(spec)).toEqual([]);
  });

  it.each(['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'])('tells of %s without a priority, once', (operation) => {
    expect(
      find(
        `configPatches: [{ applyTo: CLUSTER, patch: { operation: MERGE } }, ${`{ applyTo: HTTP_FILTER, patch: { operation: ${operation} } }, `.repeat(2)}]`,
      ),
    ).toMatchObject([
      { got: operation, field: ['spec', 'configPatches', 1, 'patch', 'operation'], fix: expect.stringContaining('priority: 10') },
    ]);
  });

  it.each([
    ['another namespace', OTHER.replace('shop', 'pay')],
    ['other pods', OTHER.replace('spec: {', 'spec: { workloadSelector: { labels: { app: web } },')],
    ['another priority', OTHER.replace('spec: {', 'spec: { priority: 5,')],
    ['another part', OTHER.replace('HTTP_FILTER', 'CLUSTER')],
    ['other listeners', OTHER.replace('SIDECAR_INBOUND', 'GATEWAY')],
  ])('takes one beside that of %s', (_, other) => {
    const own = `workloadSelector: { labels: { app: cart } }, ${INSERTS}`;
    expect(find(own, OTHER)).toMatchObject([{ message: expect.stringContaining('EnvoyFilter shop/wasm') }]);
    expect(find(own, other)).toEqual([]);
  });

  it.each([
    ['listener: { portNumber: 8080 }', 'listener: { portNumber: 9090 }'],
    ['proxy: { proxyVersion: ^1\\.30.* }', 'proxy: { proxyVersion: ^1\\.31.* }'],
    ['proxy: { proxyVersion: ^1\\.3.\\..* }', 'proxy: { proxyVersion: ^1\\.29 }'],
    ['proxy: { proxyVersion: "1.30.[0-3]" }', 'proxy: { proxyVersion: "1.30.[4-9]" }'],
    ['proxy: { metadata: { ROLE: edge } }', 'proxy: { metadata: { ROLE: inner, ZONE: a } }'],
    ['cluster: { name: a }', 'cluster: { name: b }'],
    ['cluster: { service: a }', 'cluster: { service: b }'],
    ['routeConfiguration: { vhost: { name: a } }', 'routeConfiguration: { vhost: { name: b } }'],
    ['listener: { filterChain: { filter: { name: a } } }', 'listener: { filterChain: { filter: { name: b } } }'],
    [
      'listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } }',
      'listener: { filterChain: { filter: { name: a, subFilter: { name: c } } } }',
    ],
  ])('takes two that never meet: %s beside %s', (match, otherMatch) => {
    const patch = (text: string) => `configPatches: [{ applyTo: HTTP_FILTER, match: { ${text} }, patch: { operation: REMOVE } }]`;
    const other = (text: string) => envoyFilter(patch(text)).replace('lua', 'wasm');
    expect(find(patch(match), other(match))).toHaveLength(2);
    expect(find(patch(match), other(otherMatch))).toEqual([]);
    expect(find(patch(match), other('listener: {}'))).toHaveLength(2);
  });

  it.each([
    ['proxyVersion: ^1\\.3.*', 'proxyVersion: ^1\\.31.*'],
    ['proxyVersion: "^1.(29|30)"', 'proxyVersion: "1.30.2"'],
    ['proxyVersion: ".*"', 'proxyVersion: ^1\\.31.*'],
    ['proxyVersion: "^[[:digit:]]"', 'proxyVersion: ^1\\.31.*'],
    ['proxyVersion: ^2\\.1', 'proxyVersion: ^2\\.1.*'],
    ['metadata: { ROLE: edge }', 'metadata: { ZONE: a }'],
    ['metadata: { ROLE: edge }', 'metadata: { ROLE: edge, ZONE: a }'],
  ])('tells of two that may be for the same proxy: %s beside %s', (proxy, otherProxy) => {
    const patch = (text: string) =>
      `configPatches: [{ applyTo: HTTP_FILTER, match: { proxy: { ${text} } }, patch: { operation: REMOVE } }]`;
    expect(find(patch(proxy), envoyFilter(patch(otherProxy)).replace('lua', 'wasm'))).toHaveLength(2);
  });

  it('tells of one that goes by what another puts there', () => {
    const by = (name: string) => `match: { listener: { filterChain: { filter: { name: hcm, subFilter: { name: ${name} } } } } }`;
    const other = `configPatches: [{ applyTo: HTTP_FILTER, ${by('router')}, patch: { operation: INSERT_FIRST, value: { name: wasm } } }]`;
    const own = (name: string) => `configPatches: [{ applyTo: HTTP_FILTER, ${by(name)}, patch: { operation: INSERT_BEFORE } }]`;
    expect(find(own('wasm'), envoyFilter(other).replace('name: lua', 'name: wasm'))).toHaveLength(1);
    expect(find(own('jwt'), envoyFilter(other).replace('name: lua', 'name: wasm'))).toEqual([]);
  });

  it('asks where the patch is that depends on others, not where another of its object is', () => {
    const own = 'configPatches: [{ applyTo: CLUSTER, patch: { operation: MERGE } }, { applyTo: LISTENER, patch: { operation: REMOVE } }]';
    expect(find(own, OTHER.replace('HTTP_FILTER', 'CLUSTER'))).toEqual([]);
  });

  it('takes one that stands alone', () => {
    expect(findings(relativePatch, { objects: raw(envoyFilter(INSERTS)) })).toEqual([]);
  });

  it('names the version of proxies that goes with it', () => {
    expect(
      find('priority: 0, configPatches: [{ match: { proxy: { proxyVersion: ^1\\.29.* } }, patch: { operation: REMOVE } }]'),
    ).toMatchObject([{ got: 'REMOVE, proxyVersion: ^1\\.29.*' }]);
  });
});

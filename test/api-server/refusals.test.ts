import { stringify } from 'yaml';
import type { Manifest } from '../builders';
import { changes } from './changes';
import { deleteAll, differences, everything, leftovers, refusals, stored } from './kubectl';

interface Wrong {
  readonly what: string;
  readonly manifest: Manifest;
  /** How the server says it. */
  readonly reason: string;
}

const namespace = stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'wrong' } });

const virtualService = (http: object): Manifest =>
  inNamespace('networking.istio.io/v1', 'VirtualService', {
    hosts: ['cart'],
    http: [{ route: [{ destination: { host: 'cart' } }], ...http }],
  });
const httpRoute = (backend: object): Manifest =>
  inNamespace('gateway.networking.k8s.io/v1', 'HTTPRoute', { rules: [{ backendRefs: [backend] }] });
const networkPolicy = (spec: object): Manifest => inNamespace('networking.k8s.io/v1', 'NetworkPolicy', spec);
const authorizationPolicy = (spec: object): Manifest => inNamespace('security.istio.io/v1', 'AuthorizationPolicy', spec);
const settings = (color: string): string => stringify({ ...inNamespace('v1', 'ConfigMap'), data: { color } });

const UNKNOWN_FIELDS: readonly Wrong[] = [
  {
    what: 'a VirtualService',
    manifest: virtualService({ retrys: { attempts: 2 } }),
    reason: '.spec.http[0].retrys: field not declared in schema',
  },
  {
    what: 'an HTTPRoute',
    manifest: httpRoute({ name: 'cart', port: 8080, wieght: 5 }),
    reason: '.spec.rules[0].backendRefs[0].wieght: field not declared in schema',
  },
  { what: 'a NetworkPolicy', manifest: networkPolicy({ podSelektor: {} }), reason: '.spec.podSelektor: field not declared in schema' },
];

const BROKEN_RULES: readonly Wrong[] = [
  {
    what: 'a VirtualService without time',
    manifest: virtualService({ timeout: '0s' }),
    reason: 'spec.http[0].timeout: Invalid value: "0s": must be a valid duration greater than 1ms',
  },
  {
    what: 'an AuthorizationPolicy at two places',
    manifest: authorizationPolicy({ selector: {}, targetRefs: [{ kind: 'Service', name: 'cart' }] }),
    reason: 'spec: Invalid value: only one of targetRefs or selector can be set',
  },
  {
    what: 'an HTTPRoute to a Service without its port',
    manifest: httpRoute({ name: 'cart' }),
    reason: 'spec.rules[0].backendRefs[0]: Invalid value: Must have port for Service reference',
  },
];

describe('the API server', () => {
  beforeAll(async () => expect(await refusals(namespace)).toEqual([]));
  afterAll(() => deleteAll(namespace));

  it.each(UNKNOWN_FIELDS)('refuses a field that is unknown in $what', async ({ manifest, reason }) => {
    const refused = await refusals(stringify(manifest));

    expect(refused).toEqual([expect.stringContaining(reason)]);
    expect(refused).toEqual([expect.stringMatching(`^${manifest.kind} wrong/cart: `)]);
  });

  it.each(BROKEN_RULES)('refuses $what', async ({ manifest, reason }) => {
    expect(await refusals(stringify(manifest))).toEqual([expect.stringContaining(reason)]);
  });

  it('refuses an object that is written before its namespace', async () => {
    const late = stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'late' } });
    const early = stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'cart', namespace: 'late' } });

    expect(await refusals(`${early}---\n${late}`)).toEqual([
      expect.stringMatching(/^ServiceAccount late\/cart: written too early: .*"late" not found/),
    ]);
    await deleteAll(late);
  });

  it('says what an apply would change, what it changed and what is left behind', async () => {
    const others = await everything();
    expect(await refusals(settings('red'))).toEqual([]);
    const red = await stored(settings('red'));

    expect(await differences(settings('blue'))).toMatch(/ConfigMap\.wrong\.cart[^]*\n- {2}color: red\n\+ {2}color: blue\n/);
    expect(await refusals(settings('blue'))).toEqual([]);
    expect(changes(red, await stored(settings('blue')))).toEqual(['ConfigMap wrong/cart: data.color "red" -> "blue"']);
    expect(await leftovers(others, 0)).toEqual(['ConfigMap wrong/cart']);
  });
});

function inNamespace(apiVersion: string, kind: string, spec?: object): Manifest {
  return { apiVersion, kind, metadata: { name: 'cart', namespace: 'wrong' }, ...(spec && { spec: { ...spec } }) };
}

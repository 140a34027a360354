import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { MeshReport, MeshNamespace, MTls } from 'istio-constructs';
import { refusedBySchema } from '../../../lib/rules/schemas/refused-by-schema';
import type { Discovery } from '../../../lib/rules/rule';
import { numberMark, textMark } from '../../../lib/support/deferred';
import { newChart } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { readYaml } from '../../manifests';
import * as fixtures from '../../verdict/fixtures';
import { findings, raw } from '../model-builder';

const NETWORKING = 'networking.istio.io/v1';
const SECURITY = 'security.istio.io/v1';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

const object = (apiVersion: string, kind: string, spec: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: cart, namespace: shop }, spec: ${spec} }`;
const found = (yaml: string): Discovery[] => findings(refusedBySchema, { objects: raw(yaml) });
const told = (yaml: string) => found(yaml).map(({ message, got, fix }) => [message, got, fix]);

const virtualService = (http: string) => object(NETWORKING, 'VirtualService', `{ hosts: [cart], http: [${http}] }`);
const httpRoute = (rule: string) => object(GATEWAY_API, 'HTTPRoute', `{ parentRefs: [{ name: edge }], rules: [${rule}] }`);

describe(refusedBySchema.title, () => {
  it.each([
    [
      'a VirtualService',
      virtualService('{ timeout: 5s, retries: { attempts: 3, retryOn: 5xx }, route: [{ destination: { host: cart } }] }'),
    ],
    ['of an older version that clusters serve', virtualService('{ timeout: 5s }').replace('/v1', '/v1alpha3')],
    [
      'an EnvoyFilter, in whose patch anything may stand',
      object(
        'networking.istio.io/v1alpha3',
        'EnvoyFilter',
        '{ configPatches: [{ applyTo: LISTENER, patch: { operation: MERGE, value: { any: { thing: 1 } } } }] }',
      ),
    ],
    ['an AuthorizationPolicy that says nothing', object(SECURITY, 'AuthorizationPolicy', '{}')],
    ['an HTTPRoute', httpRoute('{ matches: [{ path: { value: / } }], backendRefs: [{ name: cart, port: 8080 }] }')],
    [
      'fields of the experimental channel',
      httpRoute('{ retry: { attempts: 3 }, sessionPersistence: {}, filters: [{ type: ExternalAuth, externalAuth: {} }] }'),
    ],
    [
      'an address without its type',
      object(
        GATEWAY_API,
        'Gateway',
        '{ gatewayClassName: istio, addresses: [{ value: 10.0.0.1 }], listeners: [{ name: http, port: 80, protocol: HTTP }] }',
      ),
    ],
    [
      'what a cluster adds',
      object(SECURITY, 'PeerAuthentication', '{}')
        .replace('name: cart,', 'name: cart, uid: a, generation: 2, managedFields: [{ manager: a }],')
        .replace('spec: {}', 'spec: {}, status: { any: 1 }'),
    ],
    ['a kind of another group', object('example.com/v1', 'VirtualService', '{ anything: 1 }')],
    ['a kind of Kubernetes', object('apps/v1', 'Deployment', '{ replica: 1 }')],
    ['a kind that has no schema here', object(GATEWAY_API, 'UDPRoute', '{ anything: 1 }')],
  ])('takes %s', (_, yaml) => {
    expect(found(yaml)).toEqual([]);
  });

  it.each(['sidecar', 'ambient'])('takes all that the shop writes: %s', (plane) => {
    expect(found(readFileSync(join(__dirname, '../../golden/online-shop', `${plane}.yaml`), 'utf8'))).toEqual([]);
  });

  it('takes what was measured of Istio', () => {
    const pieces = Object.values(fixtures).filter((value): value is string => typeof value === 'string' && value.includes('kind:'));
    expect(pieces.length).toBeGreaterThan(10);
    expect(findings(refusedBySchema, { objects: pieces.flatMap((piece) => readYaml(piece)) })).toEqual([]);
  });

  it.each([
    [
      virtualService('{ retries: { attempt: 3 } }'),
      'VirtualService shop/cart: spec.http[0].retries has no field attempt',
      'attempt: 3',
      'did you mean attempts? the fields are attempts, backoff, perTryTimeout, retryIgnorePreviousHosts, retryOn, retryRemoteLocalities',
    ],
    [virtualService('{ timeout: 5 }'), 'VirtualService shop/cart: spec.http[0].timeout has to be a text', '5', 'write a text'],
    [object(NETWORKING, 'DestinationRule', '{}'), 'DestinationRule shop/cart: spec needs the field host', '{}', 'write spec.host'],
    [
      object(SECURITY, 'PeerAuthentication', '{ mtls: { mode: strict } }'),
      'PeerAuthentication shop/cart: spec.mtls.mode has to be one of its words',
      "'strict'",
      'did you mean STRICT? the words are UNSET, DISABLE, PERMISSIVE, STRICT',
    ],
    [
      virtualService('{ match: [{ uri: { exact: /a, prefix: /b } }] }'),
      'VirtualService shop/cart: spec.http[0].match[0].uri takes one of exact, prefix, regex',
      'exact and prefix',
      'keep one of them',
    ],
    [
      object(SECURITY, 'AuthorizationPolicy', '{ rules: [{ to: [{ operation: { method: [GET] } }] }] }'),
      'AuthorizationPolicy shop/cart: spec.rules[0].to[0].operation has no field method',
      "method: ['GET']",
      'did you mean methods? the fields are hosts, methods, notHosts, notMethods, notPaths, notPorts, paths, ports',
    ],
    [
      httpRoute('{ backendRefs: [{ name: cart, port: 99999 }] }'),
      'HTTPRoute shop/cart: spec.rules[0].backendRefs[0].port is too large',
      '99999',
      'write at most 65535',
    ],
    [
      httpRoute('{ timeouts: { request: 5 seconds } }'),
      'HTTPRoute shop/cart: spec.rules[0].timeouts.request has not the form that it needs',
      "'5 seconds'",
      'write what matches ^([0-9]{1,5}(h|m|s|ms)){1,4}$',
    ],
    [
      object(
        GATEWAY_API,
        'Gateway',
        '{ gatewayClassName: istio, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: a, port: 81, protocol: HTTP }] }',
      ),
      'Gateway shop/cart: spec.listeners has two items of one name',
      "'a'",
      'keep one of them',
    ],
    [
      virtualService('{ timeout: 5s }').replace('name: cart,', 'name: cart, label: { a: b },'),
      'VirtualService shop/cart: metadata has no field label',
      "label: { a: 'b' }",
      expect.stringMatching(/^did you mean labels\? /),
    ],
    [
      virtualService('{ timeout: 5s }').replace('spec:', 'specs:'),
      'VirtualService shop/cart: has no field specs',
      "specs: { hosts: ['cart'], http: […] }",
      'did you mean spec? the fields are apiVersion, kind, metadata, spec, status',
    ],
    [
      virtualService('{ timeout: 5s }').replace('/v1', '/v1beta2'),
      'no cluster serves this version of VirtualService shop/cart',
      'apiVersion: networking.istio.io/v1beta2',
      'write networking.istio.io/v1; there is also networking.istio.io/v1beta1 and networking.istio.io/v1alpha3',
    ],
    [
      httpRoute('{}').replace('HTTPRoute', 'HttpRoute'),
      'gateway.networking.k8s.io has no kind HttpRoute',
      'kind: HttpRoute',
      'write kind: HTTPRoute',
    ],
  ])('fails %s', (yaml, message, got, fix) => {
    expect(told(yaml)).toEqual([[message, got, fix]]);
  });

  it('fails every wrong field of every object at once', () => {
    const wrong = [virtualService('{ timeout: 5, retry: {} }'), httpRoute('{ backendRefs: [{ port: 80 }] }')].join('\n---\n');
    expect(found(wrong)).toHaveLength(3);
  });

  it('fails an object inside a list, at the construct of the list', () => {
    const list = `{ apiVersion: v1, kind: List, metadata: { name: all }, items: [${object('v1', 'Service', '{ x: 1 }')}, ${virtualService('{ timeout: 5 }')}, 7] }`;
    expect(found(list)).toMatchObject([
      { on: { path: 'raw/list/all' }, message: 'VirtualService shop/cart: items[1].spec.http[0].timeout has to be a text' },
    ]);
  });

  it('passes over a value that is known only later, and over nothing else', () => {
    const later = (attempts: string) => virtualService(`{ timeout: '${textMark(1)}', retries: { attempts: ${attempts} } }`);
    expect(found(later(String(numberMark(2))))).toEqual([]);
    expect(found(later("'3'"))).toMatchObject([{ message: expect.stringContaining('retries.attempts has to be a whole number') }]);
  });
});

forEachPlane(({ dataPlane }) => {
  function peerAuthentication(): { readonly chart: Chart; readonly object: ApiObject } {
    const chart = newChart();
    const { objects } = new MeshNamespace(chart, 'shop', { dataPlane, mtls: MTls.STRICT });
    return { chart, object: objects.find(({ kind }) => kind === 'PeerAuthentication')! };
  }
  const errors = (chart: Chart) => MeshReport.of(chart).findings.filter(({ level }) => level === 'error');

  it('fails an object of ours that is patched to what its schema refuses', () => {
    const { chart, object: policy } = peerAuthentication();
    policy.addJsonPatch(JsonPatch.add('/spec/mode', 'STRICT'));
    expect(errors(chart)).toMatchObject([
      { code: 'MESH119', path: policy.node.path, text: expect.stringContaining('spec has no field mode') },
    ]);
  });

  it('takes an object of ours as it is, and with a patch that fits', () => {
    const { chart, object: policy } = peerAuthentication();
    expect(errors(chart)).toEqual([]);
    policy.addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'a' }));
    expect(errors(chart)).toEqual([]);
  });
});

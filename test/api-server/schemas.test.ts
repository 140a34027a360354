import { faultsOf } from '../../lib/schemas/faults';
import { servedKind } from '../../lib/schemas/served';
import { stringify } from 'yaml';
import type { Manifest } from '../builders';
import { definitions, deleteAll, refusals } from './kubectl';

const CHANNEL_OF_TRIALS = ['BackendTLSPolicy', 'TCPRoute', 'TLSRoute'];

const namespace = stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'schemas' } });

const object = (apiVersion: string, kind: string, spec: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'cart', namespace: 'schemas' },
  spec: { ...spec },
});
const virtualService = (http: object) => object('networking.istio.io/v1', 'VirtualService', { hosts: ['cart'], http: [http] });
const httpRoute = (rule: object) => object('gateway.networking.k8s.io/v1', 'HTTPRoute', { parentRefs: [{ name: 'edge' }], rules: [rule] });
const gateway = (spec: object) =>
  object('gateway.networking.k8s.io/v1', 'Gateway', {
    gatewayClassName: 'istio',
    listeners: [{ name: 'a', port: 80, protocol: 'HTTP' }],
    ...spec,
  });
const route = [{ destination: { host: 'cart' } }];

/** Objects that the server takes, and others that differ from them in one place. */
const OBJECTS: readonly Manifest[] = [
  virtualService({ route, retries: { attempts: 3 } }),
  virtualService({ route, retries: { attempt: 3 } }),
  virtualService({ route, retries: { attempts: '3' } }),
  virtualService({ route, retries: { attempts: 2 ** 31 } }),
  virtualService({ route, match: [{ uri: { exact: '/a', prefix: '/b' } }] }),
  virtualService({ route, directResponse: { status: 200, body: { bytes: 'no base64!' } } }),
  object('networking.istio.io/v1alpha3', 'DestinationRule', { host: 'cart' }),
  object('networking.istio.io/v1', 'DestinationRule', {}),
  object('security.istio.io/v1', 'PeerAuthentication', { mtls: { mode: 'strict' } }),
  object('networking.istio.io/v1alpha3', 'EnvoyFilter', {
    configPatches: [{ applyTo: 'LISTENER', patch: { operation: 'MERGE', value: { any: { thing: 1 } } } }],
  }),
  httpRoute({ backendRefs: [{ name: 'cart', port: 8080 }] }),
  httpRoute({ backendRefs: [{ name: 'cart', port: 99999 }] }),
  httpRoute({ backendRefs: [{ name: 'cart', port: 8080 }], timeouts: { request: '5 seconds' } }),
  gateway({ addresses: [{ value: '10.0.0.1' }] }),
  gateway({ addresses: [{ value: 'a.example.com' }] }),
  gateway({
    listeners: [
      { name: 'a', port: 80, protocol: 'HTTP' },
      { name: 'a', port: 81, protocol: 'HTTP' },
    ],
  }),
];

describe('a schema of the package', () => {
  beforeAll(async () => expect(await refusals(namespace)).toEqual([]));
  afterAll(() => deleteAll(namespace));

  it('is there in every version that the server serves of its kind, and in no other but those of the experimental channel', async () => {
    const known = (await definitions()).flatMap(({ group, kind, versions }) => {
      const ours = servedKind(`${group}/${kind}`);
      return ours ? [{ kind, versions: [...versions].sort(), ours: [...ours.versions].sort() }] : [];
    });

    expect(known.length).toBeGreaterThan(20);
    for (const { kind, versions, ours } of known) {
      const more = CHANNEL_OF_TRIALS.includes(kind) ? ours.filter((version) => version.includes('alpha')) : [];
      expect({ kind, ours }).toEqual({ kind, ours: [...versions, ...more].sort() });
    }
  });

  it.each(OBJECTS.map((one) => [`${one.kind} ${JSON.stringify(one.spec)}`, one] as const))(
    'refuses what the server refuses, and nothing else: %s',
    async (_, manifest) => {
      const { schema } = servedKind(`${manifest.apiVersion.split('/')[0]}/${manifest.kind}`)!;
      const faults = faultsOf(manifest, schema);
      const refused = await refusals(stringify(manifest));

      expect({ refused, wrong: faults.length > 0 }).toEqual({ refused, wrong: refused.length > 0 });
    },
  );
});

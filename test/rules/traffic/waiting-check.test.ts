import { RULES } from '../../../lib/rules';
import { waitingCheck } from '../../../lib/rules/traffic/waiting-check';
import { listMark, numberMark, textMark } from '../../../lib/support/deferred';
import { findings, made, namespace, raw } from '../model-builder';

const istio = (kind: string, spec: string, name = 'cart') =>
  `{ apiVersion: networking.istio.io/v1, kind: ${kind}, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }`;
const security = (kind: string, spec: string) =>
  `{ apiVersion: security.istio.io/v1, kind: ${kind}, metadata: { name: cart, namespace: shop }, spec: ${spec} }`;
const service = (spec: string, name = 'cart') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }`;
const deployment = (container: string, labels = 'app: cart') =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop }, spec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [${container}] } } } }`;
const route = (rule: string) => istio('VirtualService', `{ hosts: [api.example.com], http: [${rule}] }`);
const objects = (...yaml: string[]) => yaml.join('\n---\n');

/** Code, a program that the rule finds wrong, the value in it by which it is, and the field that this value is in. */
const CASES: ReadonlyArray<[string, string, string, string]> = [
  ['MESH104', istio('DestinationRule', '{ host: cart, trafficPolicy: { tls: { mode: X } } }'), 'DISABLE', 'spec.trafficPolicy.tls.mode'],
  ['MESH105', service('{ selector: { app: cart }, ports: [{ port: 80, name: X }] }'), 'web', 'spec.ports.name'],
  ['MESH106', deployment('{ ports: [{ containerPort: X }] }'), '15001', 'spec.template.spec.containers.ports.containerPort'],
  ['MESH107', deployment('{ name: a }', 'commit: X'), 'a/b', 'spec.template.metadata.labels'],
  ['MESH107', service('{ ports: [] }', 'X'), 'Cart', 'metadata.name'],
  ['MESH108', security('PeerAuthentication', '{ mtls: { mode: X } }'), 'PERMISSIVE', 'spec.mtls.mode'],
  [
    'MESH204',
    security('AuthorizationPolicy', '{ rules: [{ from: [{ source: { serviceAccounts: [X] } }] }] }'),
    'nobody',
    'spec.rules.from.source.serviceAccounts',
  ],
  [
    'MESH301',
    route('{ route: [{ destination: { host: cart, subset: X } }] }') + '\n---\n' + service('{ ports: [] }'),
    'v2',
    'spec.http.route.destination.subset',
  ],
  [
    'MESH353',
    objects(
      service('{ selector: { app: cart }, ports: [] }'),
      deployment('{ name: a }'),
      istio('DestinationRule', '{ host: cart, subsets: [{ name: v2, labels: { version: X } }] }'),
    ),
    'v2',
    'spec.subsets.labels',
  ],
  ['MESH291', route('{ route: [{ weight: X }, { weight: 50 }] }'), '40', 'spec.http.route.weight'],
  [
    'MESH303',
    objects(istio('VirtualService', '{ hosts: [X] }'), istio('VirtualService', '{ hosts: [cart] }', 'other')),
    'cart',
    'spec.hosts',
  ],
  ['MESH292', route('{ timeout: 1s, retries: { attempts: X, perTryTimeout: 1s } }'), '3', 'spec.http.retries.attempts'],
  ['MESH307', route('{ retries: { attempts: 1, retryOn: X } }'), '5xx', 'spec.http.retries.retryOn'],
  ['MESH308', route('{ route: [{ destination: { host: X } }] }'), 'crat', 'spec.http.route.destination.host'],
  [
    'MESH311',
    objects(istio('ServiceEntry', '{ hosts: [X] }'), istio('ServiceEntry', '{ hosts: [a.example.com] }', 'other')),
    'a.example.com',
    'spec.hosts',
  ],
];

function codesIn(yaml: string): string[] {
  const strict = made(security('PeerAuthentication', '{ mtls: { mode: STRICT } }').replace('name: x', 'name: zzz'));
  const objects = [...raw(yaml), ...strict];
  return RULES.flatMap((rule) => findings(rule, { objects, namespaces: [namespace('shop', 'sidecar')] }).map(() => rule.code));
}

const waitsIn = (yaml: string) => findings(waitingCheck, { objects: raw(yaml) });

describe(waitingCheck.title, () => {
  it.each(CASES.map(([code, yaml, wrong, field]) => [code, field, wrong, yaml]))(
    'waits with %s for %s, which fails as %s',
    (code, field, wrong, yaml) => {
      expect(codesIn(yaml.replaceAll('X', wrong))).toContain(code);
      for (const later of [textMark(1), `a${numberMark(1)}`]) {
        const unknown = yaml.replaceAll('X', `'${later}'`);
        expect(codesIn(unknown)).not.toContain(code);
        expect(waitsIn(unknown).filter(({ message }) => message.includes(code) && message.includes(field))).toHaveLength(1);
      }
    },
  );

  it('takes programs in which everything is known', () => {
    expect(CASES.flatMap(([, yaml, wrong]) => waitsIn(yaml.replaceAll('X', wrong)))).toEqual([]);
  });

  it('is about the object, and says what is not known', () => {
    const yaml = route(`{ timeout: 1s, retries: { attempts: ${numberMark(1)}, perTryTimeout: '${textMark(2)}' } }`);
    const message = 'MESH292 waits for spec.http.retries.attempts, spec.http.retries.perTryTimeout of VirtualService shop/cart';
    expect(waitsIn(yaml)).toEqual(
      expect.arrayContaining([expect.objectContaining({ on: expect.objectContaining({ path: 'raw/virtualservice/cart' }), message })]),
    );
  });

  it('takes a value that is compared with nothing: one entry of a host, a time for each try without a timeout', () => {
    const entry = istio('ServiceEntry', `{ hosts: ['${textMark(1)}'] }`);
    const retries = `{ hosts: [cart], http: [{ retries: { attempts: 1, perTryTimeout: '${textMark(1)}' } }] }`;
    const objects = [...made(entry), ...made(istio('VirtualService', retries))];
    expect(findings(waitingCheck, { objects })).toEqual([]);
  });

  it('waits for a host where somebody may not have it: beside tenants', () => {
    const objects = made(istio('ServiceEntry', `{ hosts: ['${textMark(1)}'] }`));
    const tenants = [{ path: 'mesh/buyers', name: 'buyers', namespaces: ['shop'], hosts: [], gateways: [], addresses: [] }];
    expect(findings(waitingCheck, { objects, tenants })).toMatchObject([
      { message: expect.stringContaining('MESH131 waits for spec.hosts') },
    ]);
  });

  it('silences what may be missing only because its name is not known yet', () => {
    const yaml = route('{ route: [{ destination: { host: cart } }] }');
    expect(codesIn(yaml)).toContain('MESH308');
    expect(codesIn(objects(yaml, service('{ ports: [] }', `'${textMark(1)}'`)))).not.toContain('MESH308');
  });

  it('waits for what is known only later as a whole', () => {
    const yaml = istio('DestinationRule', `{ host: cart, subsets: ${JSON.stringify(listMark(1))} }`);
    expect(waitsIn(yaml).map(({ message }) => message)).toContainEqual(
      expect.stringContaining('MESH301, MESH353 wait for spec.subsets.labels'),
    );
  });

  it('silences no rule that does not ask for what is known later', () => {
    const metadata = `{ name: cart, namespace: '${textMark(1)}', labels: { a: a/b } }`;
    expect(codesIn(`{ apiVersion: v1, kind: ConfigMap, metadata: ${metadata} }`)).toEqual(['MESH107', 'MESH313']);
  });

  it('says nothing of other objects, whose findings stay', () => {
    const yaml = objects(
      istio('VirtualService', `{ hosts: [a], http: [{ route: [{ weight: ${numberMark(1)} }, { weight: 1 }] }] }`, 'other'),
      route('{ route: [{ weight: 40 }, { weight: 50 }] }'),
    );
    expect(codesIn(yaml).filter((code) => code === 'MESH291')).toHaveLength(1);
  });

  it('names all rules that wait for the same in one finding', () => {
    const waits = waitsIn(security('PeerAuthentication', `{ mtls: { mode: '${textMark(1)}' } }`)).map(({ message }) => message);
    expect(waits).toContain(
      'MESH108, MESH109, MESH110, MESH245, MESH254, MESH256, MESH257, MESH260, MESH288 wait for spec.mtls.mode of PeerAuthentication shop/cart',
    );
  });
});

import { Duration } from 'cdk8s';
import {
  CanaryRelease,
  DataPlane,
  type MeshedServiceProps,
  MeshPort,
  RequestMatch,
  RequestRouting,
  type RequestRoutingProps,
  type RequestRule,
  ServiceIdentity,
} from 'istio-constructs';
import { findingCodes, names, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const V2 = { version: 'v2', image: 'registry.example.com/cart:2' };
const JASON = [RequestMatch.header('end-user', 'jason')];
const EXPORT = [RequestMatch.pathPrefix('/cart/export')];

describe('RequestRouting', () => {
  forEachPlane((plane) => {
    const kind = plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' });
    const routed = (rules: RequestRule[], props: Partial<RequestRoutingProps> = {}) => {
      const one = shop(plane);
      const routing = new RequestRouting(one.shop, 'routes', { service: one.cart, rules, ...props });
      const { http, rules: written } = spec(one.chart, kind, 'cart') as Record<string, any[]>;
      return { ...one, routing, written: http ?? written };
    };

    it('writes its rules in their order where none is narrower, and the rest last', () => {
      const { written } = routed(
        [
          { match: JASON, to: 'v2' },
          { match: [RequestMatch.header('end-user', 'mary')], timeout: Duration.seconds(3) },
        ],
        { versions: [V2] },
      );
      expect(written.map(({ name }) => name)).toEqual(['routing-match', 'routing-match-2', 'routing-split']);
    });

    it('keeps the requests of an earlier rule by a match for what it shares with a later, narrower one', () => {
      const { written } = routed(
        [
          { match: JASON, to: 'v2' },
          { match: EXPORT, timeout: Duration.minutes(1) },
        ],
        { versions: [V2] },
      );
      const asked = written.map(({ match, matches }) => (match ?? matches ?? []).some(({ headers }: { headers?: object }) => headers));
      expect(asked).toEqual([true, false, true, false]);
      expect(written[0]).not.toHaveProperty(plane.of({ sidecar: 'timeout', ambient: 'timeouts' }));
    });

    it('makes pods of its versions, which get what rules send them and nothing else', () => {
      const { chart, routing, written } = routed([{ match: JASON, to: 'v2' }], { versions: [V2] });
      expect(names(chart, 'Deployment')).toContain('shop/cart-v2');
      expect([routing.deployments.map(({ name }) => name), routing.objects.map(({ kind: made }) => made)]).toEqual([
        ['cart-v2'],
        ['Deployment'],
      ]);
      const last = written.at(-1);
      expect((last.route ?? last.backendRefs).map(({ weight }: { weight: number }) => weight)).toEqual([100, 0]);
    });

    it('sends requests to versions of other releases', () => {
      const one = shop(plane);
      new CanaryRelease(one.shop, 'release', { service: one.cart, canary: V2, weight: 10 });
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: JASON, to: 'v2' }] });
      expect(findingCodes(one.chart)).toEqual([]);
    });

    it('is found out where it names a version that nobody makes pods of', () => {
      const one = shop(plane);
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules: [{ match: JASON, to: 'v9' }] });
      expect(findingCodes(one.chart)).toContain('MESH301');
    });
  });

  const attempt = (rules: RequestRule[], props: Partial<RequestRoutingProps> = {}, cart: Partial<MeshedServiceProps> = {}) => {
    const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
    return () => new RequestRouting(one.shop, 'refused', { service: one.cart, rules, ...props });
  };

  it.each<[string, RequestRule[], object, string]>([
    ['that says nothing', [{ match: JASON }], { code: 'MESH098', fix: 'say to, split' }, 'match alone'],
    ['about an empty list of matches', [{ match: [], to: 'v1' }], { code: 'MESH091', fix: 'at least one match' }, 'match: []'],
    [
      'with two destinations',
      [{ to: 'v1', split: [{ version: 'v1', weight: 5 }] }],
      { code: 'MESH765', fix: 'drop one' },
      'to: v1, and split',
    ],
    ['behind one that takes all', [{ to: 'v1' }, { match: JASON, to: 'v1' }], { code: 'MESH764', fix: 'put it last' }, 'rule 1 of 2'],
    [
      'with more than all requests',
      [
        {
          split: [
            { version: 'v1', weight: 70 },
            { version: 'v2', weight: 50 },
          ],
        },
      ],
      { code: 'MESH760', fix: 'take some' },
      'v1: 70, v2: 50',
    ],
    [
      'with two shares of one version',
      [{ split: ['v2', 'v2'].map((one) => ({ version: one, weight: 20 })) }],
      { code: 'MESH770', fix: 'one share' },
      'v2 twice',
    ],
    [
      'that leaves a rest beside the serving version',
      [{ split: [{ version: 'v1', weight: 30 }] }],
      { code: 'MESH771', fix: 'make them 100' },
      'v1: 30',
    ],
    ['that is not there', [], { code: 'MESH772', fix: 'leave the construct out' }, 'rules: []'],
  ])('fails for a rule %s', (_, rules, refusal, got) => {
    expectRefusal(attempt(rules), { path: 'test/shop/refused', got, ...(refusal as { code: string; fix: string }) });
  });

  it('fails for an order that no route can keep, and takes the other one', () => {
    const firefox = { match: [RequestMatch.userAgent('Firefox')], to: 'v1' };
    const mobile = { match: [RequestMatch.all([RequestMatch.userAgent('Mobile'), RequestMatch.path('/')])], to: 'v1' };
    expectRefusal(attempt([firefox, mobile]), { path: 'test/shop/refused', code: 'MESH099', fix: 'put this rule first', got: 'rule 2' });
    expect(attempt([mobile, firefox])).not.toThrow();
  });

  it('fails for a version that gets requests and has no pods, and for matches without an HTTP port', () => {
    const versions = [{ ...V2, replicas: 0 }];
    expectRefusal(attempt([{ to: 'v2' }], { versions }), {
      path: 'test/shop/refused',
      code: 'MESH075',
      fix: '1 or more',
      got: 'replicas: 0 with a rule',
    });
    expectRefusal(attempt([{ match: JASON, to: 'v1' }], {}, { ports: [MeshPort.mysql(3306)] }), {
      path: 'test/shop/refused',
      code: 'MESH060',
      fix: 'MeshPort.http',
      got: 'match for',
    });
  });

  it('fails for a caller whose pods nobody knows', () => {
    const match = [RequestMatch.sentBy(ServiceIdentity.of('web', 'frontend'))];
    expectRefusal(attempt([{ match, to: 'v1' }]), {
      path: 'test/shop/refused',
      code: 'MESH095',
      fix: 'a MeshedService of this program',
      got: 'RequestMatch.sentBy of frontend',
    });
  });
});

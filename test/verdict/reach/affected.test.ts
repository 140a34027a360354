import fc from 'fast-check';
import type { Cluster } from '../../../lib/cluster/cluster';
import { servicesOf } from '../../../lib/cluster/services/services';
import { workloadsOf } from '../../../lib/cluster/workloads/workloads';
import { affectedBy, isJudgedAnew, namespacesOnTheWay } from '../../../lib/verdict/reach/affected';
import { compared } from '../../../lib/verdict/reach/compare';
import { manifestsOf, world } from '../../conformance/mesh-worlds';
import { clusterFrom, clusterOf } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1')];
const between = (before: string[], after: string[]) => {
  const { isEverywhere, namespaces } = affectedBy(clusterFrom(...SHOP, ...before), clusterFrom(...SHOP, ...after));
  return isEverywhere ? 'everywhere' : [...namespaces].sort();
};
const object = (kind: string, place: string, spec = '', group = 'networking.istio.io/v1') =>
  `{apiVersion: ${group}, kind: ${kind}, metadata: {name: a${place === '' ? '' : `, namespace: ${place}`}}, spec: {${spec}}}`;

describe('where another version may fare otherwise', () => {
  it.each([
    ['nowhere', [], [], []],
    ['where an object is new', [], [made.policy('p', '')], ['shop']],
    ['where an object is another', [made.policy('p', '')], [made.policy('p', 'rules: [{}]')], ['shop']],
    ['where a host of a route is, too', [], [object('VirtualService', 'web', 'hosts: [cart.shop.svc.cluster.local]')], ['shop', 'web']],
    ['where a host of a policy is, too', [], [object('DestinationRule', 'web', 'host: cart.shop.svc.cluster.local')], ['shop', 'web']],
    ['everywhere, by a wildcard', [], [object('DestinationRule', 'web', 'host: "*.local"')], 'everywhere'],
    ['everywhere, by the root namespace', [], [object('Sidecar', 'istio-system')], 'everywhere'],
    ['everywhere, by what others delegate to', [], [object('VirtualService', 'web', 'http: []')], 'everywhere'],
    [
      'where a host of a route is, whatever its letters',
      [],
      [object('VirtualService', 'web', 'hosts: [Cart.shop.svc.cluster.local]')],
      ['shop', 'web'],
    ],
    [
      'where a gateway of a route is, too',
      [],
      [object('HTTPRoute', 'web', 'parentRefs: [{name: gateway, namespace: edge}]', 'gateway.networking.k8s.io/v1')],
      ['edge', 'web'],
    ],
    ['nowhere, by what says nothing of requests', [], [object('ClusterRole', '', '', 'rbac.authorization.k8s.io/v1')], []],
  ])('is %s', (_, before, after, expected) => {
    expect(between(before, after)).toEqual(expected);
  });

  it('is everywhere where the mesh is set up otherwise', () => {
    const [one, other] = [{}, { pathNormalization: 'NONE' as const }].map((settings) => ({ ...clusterFrom(...SHOP), ...settings }));
    expect([affectedBy(one, one).isEverywhere, affectedBy(one, other).isEverywhere]).toEqual([false, true]);
  });

  it.each([
    ['a policy', made.policy('p', '')],
    ['whose tokens are trusted', object('RequestAuthentication', 'shop', 'jwtRules: [{issuer: a}]', 'security.istio.io/v1')],
    ['a mode of mutual TLS', object('PeerAuthentication', 'shop', 'mtls: {mode: STRICT}', 'security.istio.io/v1')],
    ['a route for a service', object('VirtualService', 'shop', 'hosts: [cart.shop.svc.cluster.local]')],
  ])('is not where callers are, by %s', (_, added) => {
    expect([...affectedBy(clusterFrom(...SHOP), clusterFrom(...SHOP, added)).senders]).toEqual([]);
  });

  it.each([
    ['a scope', object('Sidecar', 'shop')],
    ['a policy of the network', object('NetworkPolicy', 'shop', 'podSelector: {}', 'networking.k8s.io/v1')],
    ['a route for a host that is no service', object('VirtualService', 'shop', 'hosts: [example.com]')],
  ])('is where callers are, by %s', (_, added) => {
    expect([...affectedBy(clusterFrom(...SHOP), clusterFrom(...SHOP, added)).senders]).toEqual(['shop']);
  });

  it('is, by a policy, where somebody obeys it', () => {
    const web = made.service('web', 'app: web');
    const [before, after] = [[], [made.policy('p', 'selector: {matchLabels: {app: web}}')]].map((more) =>
      clusterFrom(...SHOP, web, ...more),
    );
    const isAt = (name: string) => isJudgedAnew(after, affectedBy(before, after), { host: `${name}.shop.svc.cluster.local`, port: 80 });
    expect(servicesOf(after).map(({ name }) => [name, isAt(name)])).toEqual([
      ['cart', false],
      ['web', true],
    ]);
  });

  it('leaves out no request that does', () => {
    let left = 0;
    const agree = (before: Cluster, after: Cluster): void => {
      const affected = affectedBy(before, after);
      if (affected.isEverywhere) return;
      for (const caller of workloadsOf(after)) {
        for (const service of servicesOf(after)) {
          const to = { host: service.hosts[0], port: service.ports[0]?.number ?? 80 };
          const places = [before, after].flatMap((cluster) => namespacesOnTheWay(cluster, to));
          if (affected.senders.has(caller.namespaceName) || places.some((name) => affected.receivers.has(name))) continue;
          if ([before, after].some((cluster) => isJudgedAnew(cluster, affected, to))) continue;
          left += 1;
          const ends = { from: [{ workload: caller.key }], to };
          const found = compared({ cluster: before, ends }, { cluster: after, ends })!;
          expect(found.classes.filter(({ answer }) => answer.difference !== undefined)).toEqual([]);
        }
      }
    };
    fc.assert(
      fc.property(world, fc.nat(40), (one, lost) =>
        agree(clusterOf(manifestsOf({ ...one, lost: undefined }) as never), clusterOf(manifestsOf({ ...one, lost }) as never)),
      ),
      { numRuns: 25, seed: 20261130 },
    );
    expect(left).toBeGreaterThan(20);
  }, 120_000);
});

import fc from 'fast-check';
import { callersNamed } from '../../../../lib/asking/names';
import { callersIn } from '../../../../lib/asking/callers-in';
import type { Cluster } from '../../../../lib/cluster/cluster';
import { servicesOf } from '../../../../lib/cluster/services/services';
import { workloadsOf } from '../../../../lib/cluster/workloads/workloads';
import { AlikeCallers } from '../../../../lib/verdict/reach/alike/alike-callers';
import type { Class } from '../../../../lib/verdict/reach/division';
import { isShut, nameOf, reachOf } from '../../../../lib/verdict/reach/reach';
import type { Decision } from '../../../../lib/verdict/decide';
import { split } from '../../../../lib/verdict/split';
import type { Caller, Target } from '../../../../lib/verdict/requests/request';
import { manifestsOf, world } from '../../../conformance/mesh-worlds';
import { clusterFrom, clusterOf } from '../../../manifests';
import * as made from '../../fixtures';
import { toldApart } from './told-apart';

const arrives = ({ answer }: Class<Decision>): boolean => answer.allowed || answer.unknown !== undefined;

/** What becomes of all requests of a caller, and where those end that arrive. */
function fateOf(cluster: Cluster, from: Caller, to: Target, isExact: boolean): string {
  const { classes, requestOf } = reachOf(cluster, { from: [from], to })!;
  const told = classes
    .filter((one) => isExact || arrives(one))
    .map(({ values, tokens, answer }) => {
      const { shares } = split(cluster, requestOf([...values.map(([first]) => first), tokens[0]]));
      return [values, tokens, nameOf(answer), arrives({ values, tokens, answer }) && shares];
    });
  return JSON.stringify(told);
}

function agree(cluster: Cluster): { groups: number; alone: number } {
  const callers = callersIn(cluster).flatMap((name) => callersNamed(cluster, name));
  const alike = new AlikeCallers(cluster, callers);
  const counts = { groups: 0, alone: 0 };
  const services = servicesOf(cluster).map(({ hosts, ports }): Target => ({ host: hosts[0], port: ports[0].number }));
  const pods = workloadsOf(cluster).map(({ key }): Target => ({ podOf: key, port: 8080 }));
  for (const to of [...services, ...pods]) {
    for (const isExact of [false, true]) {
      const marks = alike.marksAt(to, isExact);
      const fates = new Map<string, string>();
      callers.forEach((from, index) => {
        const fate = fateOf(cluster, from, to, isExact);
        if (isShut(cluster, { from: [from], to })) expect(fateOf(cluster, from, to, false)).toBe('[]');
        expect([marks[index], fates.get(marks[index]) ?? fate]).toEqual([marks[index], fate]);
        fates.set(marks[index], fate);
      });
      counts.groups += fates.size;
      counts.alone += callers.length;
    }
  }
  return counts;
}

describe('callers that nothing tells apart', () => {
  it.each([
    ['of our own', 4, world.map((one) => manifestsOf(one))],
    ['of anybody', 60, toldApart],
  ])(
    'fare alike with every request, in meshes %s',
    (_, runs, meshes) => {
      const sums = { groups: 0, alone: 0 };
      fc.assert(
        fc.property(meshes, (manifests) => {
          const { groups, alone } = agree(clusterOf(manifests as object[]));
          sums.groups += groups;
          sums.alone += alone;
        }),
        { numRuns: runs, seed: 20261130 },
      );
      expect(sums.groups).toBeLessThan(0.9 * sums.alone);
    },
    300_000,
  );

  it('are one where nobody says anything, and two where a policy names one of them', () => {
    const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1')];
    const marks = (...pieces: string[]): readonly string[] => {
      const cluster = clusterFrom(...SHOP, ...pieces);
      const callers = ['shop/web', 'shop/cart-v1', 'shop/cart-v2'].map((workload) => ({ workload }));
      return new AlikeCallers(cluster, callers).marksAt({ host: 'cart.shop.svc.cluster.local', port: 8080 });
    };
    expect(new Set(marks()).size).toBe(1);
    const [web, first, second] = marks(made.policy('p', 'rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]'));
    expect([web === first, first === second]).toEqual([false, true]);
  });

  it('are told apart by their namespaces where somebody looks at hosts, for names without one are of their own', () => {
    const pods = [{ namespace: 'a' }, { namespace: 'b' }].map(({ namespace }): Caller => ({ pod: { namespace, proxy: 'sidecar' } }));
    const marks = (rules: string): number => {
      const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, made.policy('p', rules));
      return new Set(new AlikeCallers(cluster, pods).marksAt({ host: 'cart.shop.svc.cluster.local', port: 8080 })).size;
    };
    expect(marks('rules: [{to: [{operation: {methods: [GET]}}]}]')).toBe(1);
    expect(marks('rules: [{to: [{operation: {notHosts: [cart]}}]}]')).toBe(2);
  });

  it('are no machines, which the network layer does not know by their labels', () => {
    const machine = made.workloadEntry('vm', 'address: 10.9.0.1, serviceAccount: web, labels: {app: web, version: v1}');
    const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1'), machine);
    const callers = ['shop/web', 'shop/vm'].map((workload) => ({ workload }));
    const marks = new AlikeCallers(cluster, callers).marksAt({ host: 'cart.shop.svc.cluster.local', port: 8080 });
    expect(new Set(marks).size).toBe(2);
  });

  it('are told apart by their addresses where they do not prove who they are', () => {
    const source = '{from: [{source: {ipBlocks: [10.244.0.0/32]}}, {source: {principals: ["*"]}}]}';
    const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, made.policy('a', `rules: [${source}]`));
    const callers = ['shop/cart-v1', 'shop/cart-v2'].map((workload) => ({ workload }));
    expect(new Set(new AlikeCallers(cluster, callers).marksAt({ host: 'cart.shop.svc.cluster.local', port: 8080 })).size).toBe(2);
  });

  it('are each alone before what no manifest describes', () => {
    const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART);
    const callers = [{ workload: 'shop/cart-v1' }, { workload: 'shop/cart-v2' }];
    expect(new Set(new AlikeCallers(cluster, callers).marksAt({ address: '10.0.0.1', port: 8080 })).size).toBe(2);
  });
});

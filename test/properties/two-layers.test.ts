import fc from 'fast-check';
import { decide } from '../../lib/verdict/decide';
import { type DecidingLayer, without } from '../../lib/verdict/layers';
import type { Caller, Request } from '../../lib/verdict/requests/request';
import { clusterOf } from '../manifests';
import { build, type Plan, plan } from './build-two-layers';

const OTHERS: Readonly<Record<string, readonly DecidingLayer[]>> = {
  'the network layer alone': ['authorization', 'mtls', 'scope'],
  'policies alone': ['network'],
  'both layers': [],
};

/** The first granted request that is refused; undefined where all arrive. */
function firstRefused(one: Plan, left: readonly DecidingLayer[], isKept: (manifest: Named) => boolean = () => true): string | undefined {
  const { chart, requests } = build(one);
  const objects = (chart.toJson() as Named[]).filter(isKept);
  const cluster = without(clusterOf(objects), ...left);
  for (const request of requests) {
    const { allowed, layer, by, unknown } = decide(cluster, request);
    // Routes of bytes to an egress gateway are not read there: conformance asks istiod about them.
    if (!allowed && unknown === undefined) return `${JSON.stringify(request)} is refused by ${by} (${layer})`;
  }
  return undefined;
}

/** Callers that have no grant into the namespace, whose waypoint the network layer sees and not what is behind it, and strangers, at its doors. */
function firstLetIn(one: Plan, left: readonly DecidingLayer[]): string | undefined {
  const cluster = without(clusterOf(build(one).chart.toJson() as Named[]), ...left);
  const into: readonly string[] = ['web', 'database', 'partner'];
  const isGranted = (name: string) => one.calls.some(({ caller, callee }) => caller === name && into.includes(callee));
  const own: Caller[] = ['shop', 'worker'].filter((name) => !isGranted(name)).map((name) => ({ workload: `front/${name}-v1` }));
  const strangers: Caller[] = (['sidecar', 'ztunnel'] as const).map((proxy) => ({
    pod: { namespace: 'nowhere', serviceAccount: 'monitor', proxy },
  }));
  const doors = [
    { host: 'web.back.svc.cluster.local', port: 80 },
    { host: 'web.back.svc.cluster.local', port: 9000 },
    { host: 'database.back.svc.cluster.local', port: 5432 },
    { podOf: 'back/web-v1', port: one.translated ? 8080 : 80 },
    { podOf: 'back/database', port: 5432 },
  ];
  const asked = [...own, ...strangers].flatMap((from) => doors.map((to): Request => ({ from, to, path: '/a/1' })));
  const open = asked.find((request) => decide(cluster, request).allowed);
  return open && `${JSON.stringify(open)} is let in`;
}

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

describe('both layers of a closed mesh', () => {
  it.each(Object.entries(OTHERS))('let in what a grant lets in, whatever it goes to and through which gateway: %s', (_, left) => {
    const property = fc.property(plan, (one) => expect(firstRefused(one, left)).toBeUndefined());
    const { failed, counterexample, errorInstance } = fc.check(property, { numRuns: 60, seed: 3 });
    expect(failed && { counterexample, error: String(errorInstance) }).toBe(false);
  });

  it.each([
    ['the network layer', ['authorization', 'mtls', 'scope']],
    ['the policies', ['network']],
  ] as const)('keep out whoever has no grant, each by itself: %s', (_, left) => {
    const property = fc.property(plan, (one) => expect(firstLetIn(one, left)).toBeUndefined());
    const { failed, counterexample, errorInstance } = fc.check(property, { numRuns: 40, seed: 7 });
    expect(failed && { counterexample, error: String(errorInstance) }).toBe(false);
  });

  it.each(['NetworkPolicy', 'AuthorizationPolicy'])('contradict each other where one loses the %s of a callee', (kind) => {
    const one: Plan = { planes: [0, 1, 0], translated: true, calls: [{ caller: 'shop', callee: 'web', byPath: false }] };
    const lost = firstRefused(one, [], (manifest) => manifest.kind !== kind || manifest.metadata.name !== 'web');
    expect(lost).toMatch(/^\{"from":\{"workload":"front\/shop-v1"\}.* is refused by/);
  });
});

import fc from 'fast-check';
import type { Cluster } from '../../lib/cluster/cluster';
import { servicesOf } from '../../lib/cluster/services/services';
import { decide } from '../../lib/verdict/decide';
import { without } from '../../lib/verdict/layers';
import type { Request } from '../../lib/verdict/requests/request';
import { clusterOf } from '../manifests';
import { buildMesh, HTTP_PORT, podPortOf, TCP_PORT } from './build-mesh';
import { type AccessName, type CallPlan, meshPlan, type MeshPlan } from './mesh-arbitrary';

interface Line {
  readonly method: string;
  readonly path: string;
  readonly covers?: AccessName;
  /** It lies below a path of this one, which a refusal means as well. */
  readonly below?: AccessName;
}

const LINES: readonly Line[] = [
  { method: 'GET', path: '/a/1', covers: 'readA' },
  { method: 'POST', path: '/a/1' },
  { method: 'POST', path: '/b', covers: 'sendB' },
  { method: 'POST', path: '/b/1', below: 'sendB' },
  { method: 'DELETE', path: '/c/1', covers: 'anyC' },
  { method: 'GET', path: '/elsewhere' },
];

const hostOf = (plan: MeshPlan, service: number): string => `s${service}.n${plan.services[service].namespace}.svc.cluster.local`;
const podOf = (plan: MeshPlan, service: number, version = 'v1'): string => `n${plan.services[service].namespace}/s${service}-${version}`;

/** What the calls of the plan say of one request, and nothing else. */
function expected(plan: MeshPlan, from: number, to: number, port: number, line: Line): boolean {
  const about = plan.calls.filter((call) => call.from === from && call.to === to);
  const covers = ({ http, deny }: CallPlan): boolean => {
    const meant = line.covers ?? (deny ? line.below : undefined);
    return http === undefined || (port === HTTP_PORT && meant !== undefined && http.includes(meant));
  };
  return about.some((call) => !call.deny && covers(call)) && !about.some((call) => call.deny && covers(call));
}

function pairs(plan: MeshPlan): Array<[number, number]> {
  const all = plan.services.map((_, index) => index);
  return all.flatMap((from) => all.filter((to) => to !== from).map((to): [number, number] => [from, to]));
}

function check(cluster: Cluster, request: Request, allowed: boolean): void {
  const decision = decide(cluster, request);
  if (decision.allowed === allowed) return;
  throw new Error(`${JSON.stringify(request)}: expected ${allowed ? 'allowed' : 'refused'}, but ${JSON.stringify(decision)}`);
}

/** Every version of the caller, by the callee's name. */
function checkHosts(plan: MeshPlan, cluster: Cluster): void {
  for (const [from, to] of pairs(plan)) {
    const caller = { workload: podOf(plan, from, plan.services[from].canary ? 'v2' : 'v1') };
    const target = { host: hostOf(plan, to), port: HTTP_PORT };
    for (const line of LINES) {
      const { method, path } = line;
      check(cluster, { from: caller, to: target, method, path }, expected(plan, from, to, HTTP_PORT, line));
    }
    const tcp = { from: caller, to: { host: hostOf(plan, to), port: TCP_PORT } };
    if (plan.services[to].tcp) check(cluster, tcp, expected(plan, from, to, TCP_PORT, LINES[5]));
  }
}

/** Ways round: a pod's address, a version's own Service, somebody without an identity, or with one that nobody named. */
function checkWaysRound(plan: MeshPlan, cluster: Cluster): void {
  const strangers = (['sidecar', 'ztunnel', 'none'] as const).map((proxy) => ({
    pod: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy },
  }));
  for (const [from, to] of pairs(plan)) {
    const pod = { podOf: podOf(plan, to), port: podPortOf(plan.services[to]) };
    for (const { method, path, covers } of LINES) {
      const line = { method, path, covers };
      const dialled = decide(cluster, { from: { workload: podOf(plan, from) }, to: pod, method, path });
      if (dialled.allowed && !expected(plan, from, to, HTTP_PORT, line))
        throw new Error(`s${from} dials a pod of s${to}: ${JSON.stringify(dialled)}`);
      strangers.forEach((stranger) => check(cluster, { from: stranger, to: pod, method, path }, false));
      strangers.forEach((stranger) =>
        check(cluster, { from: stranger, to: { host: hostOf(plan, to), port: HTTP_PORT }, method, path }, false),
      );
    }
  }
}

/** A version's own Service carries the grants of its service, for callers of either plane. */
function checkVersionServices(plan: MeshPlan, cluster: Cluster): void {
  const services = new Set(servicesOf(cluster).map(({ key }) => key));
  for (const [from, to] of pairs(plan).filter(([, callee]) => services.has(podOf(plan, callee, 'v2')))) {
    const target = { host: hostOf(plan, to).replace('.', '-v2.'), port: HTTP_PORT };
    for (const line of LINES) {
      const request = { from: { workload: podOf(plan, from) }, to: target, method: line.method, path: line.path };
      check(cluster, request, expected(plan, from, to, HTTP_PORT, line));
    }
  }
}

/** Who is never allowed to call a sidecar does not get there by the network layer alone either. */
function checkNetworkAlone(plan: MeshPlan, cluster: Cluster): void {
  for (const [from, to] of pairs(plan).filter(([, callee]) => !plan.ambient[plan.services[callee].namespace])) {
    const allowed = plan.calls.some((call) => call.from === from && call.to === to && !call.deny);
    const dialled = { from: { workload: podOf(plan, from) }, to: { podOf: podOf(plan, to), port: podPortOf(plan.services[to]) } };
    if (!allowed) check(cluster, dialled, false);
  }
}

// Each layer has to hold without the others, else one would hide the faults of the other.
const LAYERS = {
  'all layers together': [],
  'policies without the network layer': ['network'],
  'policies without network layer and scope': ['network', 'scope'],
} as const;

const meshOf = (plan: MeshPlan): Cluster => clusterOf(buildMesh(plan).toJson() as object[]);
const RUNS = { numRuns: 80, seed: 1 };

describe.each(Object.entries(LAYERS))('the manifests of a closed mesh, %s', (_, left) => {
  const holds = (property: (plan: MeshPlan, cluster: Cluster) => void): void =>
    fc.assert(
      fc.property(meshPlan, (plan) => property(plan, without(meshOf(plan), ...left))),
      RUNS,
    );

  it('admit exactly the calls that the program declares, whatever the planes', () => {
    expect(() => holds(checkHosts)).not.toThrow();
  });

  it('leave no way round: not by a pod address, not without an identity, not under another', () => {
    expect(() => holds(checkWaysRound)).not.toThrow();
  });

  it("give a version's own Service the grants of its service", () => {
    expect(() => holds(checkVersionServices)).not.toThrow();
  });
});

describe('the network layer of a closed mesh, alone', () => {
  it('refuses whoever may never call a sidecar', () => {
    const alone = (plan: MeshPlan): Cluster => without(meshOf(plan), 'authorization', 'mtls', 'scope');
    expect(() =>
      fc.assert(
        fc.property(meshPlan, (plan) => checkNetworkAlone(plan, alone(plan))),
        RUNS,
      ),
    ).not.toThrow();
  });
});

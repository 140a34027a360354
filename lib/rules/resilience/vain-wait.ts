import type { CallModel, MeshModel, RouteModel } from '../../model/mesh-model';
import type { Port } from '../../model/port';
import { isDeferred } from '../../support/deferred';
import { rule } from '../rule';
import { callersIn, followedCalls, fromCallers, routesByService } from './chains/followed-calls';

export const vainWait = rule({
  code: 'MESH326',
  level: 'warning',
  title: 'a call may last longer than its caller is waited for',

  check(model, report) {
    const calls = followedCalls(model);
    const waitFor = waitsIn(model);
    for (const route of model.routes) {
      const inversions = (calls.get(route.service.key) ?? []).flatMap((call) => inversionOf(call, route, waitFor));
      const [worst] = inversions.sort((one, other) => one.wait.ms - other.wait.ms);
      if (!worst) continue;
      const { what, ms, wait } = worst;
      report({
        on: route,
        message: `${what} ${route.service.name} may take ${secondsText(ms)}, and ${wait.first} is waited for no longer than ${secondsText(wait.ms)}: ${wait.text} → ${route.service.name} (${secondsText(ms)})`,
        got: `${secondsText(ms)} > ${secondsText(wait.ms)}`,
        fix: `give ${route.service.name} less time than ${wait.first} has, or ${wait.first} more: what is answered later is answered to nobody`,
      });
    }
  },
});

/** How long somebody is waited for at most, by whoever waits the least, and the way there. */
interface Wait {
  readonly ms: number;
  readonly first: string;
  readonly text: string;
}

function waitsIn(model: MeshModel): (key: string) => Wait | undefined {
  const calls = followedCalls(model);
  const routes = routesByService(model);
  const callersOf = callersIn(calls);
  const ownOf = (key: string): number | undefined => routes.get(key) && longestOf(routes.get(key)!);
  // Who has a limit of its own waits no longer than that, whoever calls.
  return fromCallers<Wait>(
    (key) => (ownOf(key) === undefined ? callersOf(key) : []),
    (key, ask) => {
      const [ms, route] = [ownOf(key), routes.get(key)];
      if (route && ms !== undefined) return { ms, first: route.service.name, text: `${route.service.name} (${secondsText(ms)})` };
      const waits = (calls.get(key) ?? []).flatMap(({ caller }) => ask(caller.key) ?? []);
      const least = waits.reduce((shortest, one) => (one.ms < shortest.ms ? one : shortest), NEVER);
      const name = calls.get(key)?.[0]?.callee.name ?? '';
      return least === NEVER ? NEVER : { ...least, text: `${least.text} → ${name}` };
    },
  );
}

const NEVER: Wait = { ms: Infinity, first: '', text: '' };

function inversionOf(
  call: CallModel,
  route: RouteModel,
  waitFor: (key: string) => Wait | undefined,
): Array<{ what: string; ms: number; wait: Wait }> {
  const wait = waitFor(call.caller.key) ?? NEVER;
  const times = call.ports.filter(({ readsHttp }) => readsHttp).map((port) => timeOf(route, port));
  // A port without a limit is nobody's mistake: most have none.
  if (times.length === 0 || times.some((time) => time === undefined)) return [];
  const shortest = times.reduce((least, time) => (time!.ms < least!.ms ? time : least))!;
  return shortest.ms > wait.ms ? [{ ...shortest, wait }] : [];
}

function timeOf(route: RouteModel, port: Port): { what: string; ms: number } | undefined {
  const timeout = limitAt(route, port);
  if (timeout !== undefined) return { what: 'a request to', ms: timeout };
  const { attempts = 0, perTryTimeoutMs } = route.retries ?? {};
  if (perTryTimeoutMs === undefined || attempts === 0 || isDeferred(attempts)) return undefined;
  return { what: 'all tries of a request to', ms: (1 + attempts) * perTryTimeoutMs };
}

/** The time that is sure to be over for every request: none where one of its ports, or one of its rules, may take longer. */
function longestOf(route: RouteModel): number | undefined {
  const limits = route.service.ports.filter(({ readsHttp }) => readsHttp).map((port) => limitAt(route, port));
  if (limits.length === 0 || limits.some((limit) => limit === undefined)) return undefined;
  return Math.max(...(limits as number[]), ...route.rules.map(({ timeoutMs = 0 }) => timeoutMs));
}

// 0 is the word of a port of streams.
function limitAt({ timeoutMs }: RouteModel, port: Port): number | undefined {
  return (port.timeoutMs ?? timeoutMs) || undefined;
}

function secondsText(ms: number): string {
  return `${ms / 1000}s`;
}

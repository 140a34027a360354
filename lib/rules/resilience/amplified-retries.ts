import { NETWORKING } from '../../istio/api-groups';
import type { CallModel, MeshModel, RouteModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { areSafe, speaksGrpc } from '../../model/retry-safety';
import { isDeferred } from '../../support/deferred';
import { fieldPaths } from '../comparison';
import { perModel } from '../per-model';
import { rule } from '../rule';
import { callersIn, followedCalls, fromCallers, routesByService } from './chains/followed-calls';

/** More requests than this that may come of one are told. */
const MOST = 16n;
const MOST_COUNTED = 1_000_000_000n;
/** Of a longer chain the beginning and the end are told. */
const MOST_TOLD = 10;

export const amplifiedRetries = rule({
  code: 'MESH325',
  level: 'warning',
  title: 'retries of a chain of calls multiply',
  compares: [{ kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(['spec http'], ['retries attempts']), made: true }],

  check(model, report) {
    const chainTo = chainsIn(model);
    const goesOn = goingOn(model, chainTo);
    for (const route of model.routes) {
      const chain = chainTo(route.service.key);
      if (!chain || chain.requests <= MOST || chain.retrying < 2 || chain.tries === 1 || goesOn.has(route.service.key)) continue;
      report({
        on: route,
        message: `when ${route.service.name} fails, one request may become ${countOf(chain.requests)}: ${endsOf(callsOf(chain), ' → ')}`,
        got: endsOf(factorsOf(chain), ' x '),
        fix: 'let one of them try again, the one nearest to what fails, and give the others attempts: 0 or conditions that no answer meets, such as CONNECT_FAILURE; or give retries a budget',
      });
    }
  },
});

/** The dearest way to a service: how many requests reach it for one at the beginning. */
interface Chain {
  readonly name: string;
  readonly tries: number;
  readonly requests: bigint;
  /** Calls on the way that are tried again. */
  readonly retrying: number;
  readonly before?: Chain;
}

function chainsIn(model: MeshModel): (key: string) => Chain | undefined {
  const calls = followedCalls(model);
  const routes = routesByService(model);
  return fromCallers<Chain | undefined>(callersIn(calls), (key, ask) => {
    const into = (calls.get(key) ?? []).map((call): Chain => {
      const tries = triesOf(model, call, routes.get(key));
      const before = ask(call.caller.key) ?? { name: call.caller.name, tries: 1, requests: 1n, retrying: 0 };
      return {
        name: call.callee.name,
        tries,
        requests: before.requests * BigInt(tries),
        retrying: before.retrying + (tries > 1 ? 1 : 0),
        before,
      };
    });
    const [first, ...others] = into;
    return first && others.reduce((worst, one) => (one.requests > worst.requests ? one : worst), first);
  });
}

// The end of a chain tells of all of it: whoever a dearer chain goes through is silent.
function goingOn(model: MeshModel, chainTo: (key: string) => Chain | undefined): ReadonlySet<string> {
  const requests = (key: string): bigint => chainTo(key)?.requests ?? 1n;
  const further = [...followedCalls(model).values()].flat().filter(({ caller, callee }) => requests(callee.key) > requests(caller.key));
  return new Set(further.map(({ caller }) => caller.key));
}

/** Ways through gateways that lose the retries of a service. */
const withoutRetries = perModel((model): ReadonlySet<string> => {
  const lost = model.exposures.filter((exposure) => exposure.lost.includes('retries'));
  return new Set(lost.map(({ gateway, service }) => wayOf(gateway, service)));
});

function wayOf(caller: Party, callee: Party): string {
  return `${caller.key} ${callee.key}`;
}

/** Tries of one call. Only conditions that an answer may meet multiply: what never reached a pod costs it nothing. */
function triesOf(model: MeshModel, { caller, ports, callee }: CallModel, route: RouteModel | undefined): number {
  const { retries, retryBudget } = route ?? {};
  if (!retries || retryBudget || isDeferred(retries.attempts) || areSafe(retries.conditions)) return 1;
  const bears = ports.some((port) => port.readsHttp && (retries.idempotent || !speaksGrpc(port)));
  return bears && !withoutRetries(model).has(wayOf(caller, callee)) ? 1 + retries.attempts : 1;
}

const countOf = (requests: bigint): string => (requests > MOST_COUNTED ? 'more than a billion' : `${requests}`);

function callsOf(chain: Chain): string[] {
  return linksOf(chain).map(({ name, tries }) => (tries > 1 ? `${name} (1 + ${tries - 1} tries)` : name));
}

function factorsOf(chain: Chain): string[] {
  return linksOf(chain).flatMap(({ tries }) => (tries > 1 ? `${tries}` : []));
}

/** From the beginning on. */
function linksOf(chain: Chain): Chain[] {
  const links: Chain[] = [];
  for (let link: Chain | undefined = chain; link; link = link.before) links.push(link);
  return links.reverse();
}

function endsOf(parts: readonly string[], between: string): string {
  if (parts.length <= MOST_TOLD) return parts.join(between);
  const half = MOST_TOLD / 2;
  return [...parts.slice(0, half), `… ${parts.length - MOST_TOLD} more …`, ...parts.slice(-half)].join(between);
}

import type { CallModel, MeshModel, RouteModel } from '../../../model/mesh-model';
import { groupedBy } from '../../../support/grouping';
import { perModel } from '../../per-model';
import { hasSidecars, isAmbient } from '../../planes';

/** Calls that follow the callee's route, by the callee's key: whoever dials pods follows none, nor does ztunnel before a service with sidecars. */
export const followedCalls = perModel((model): ReadonlyMap<string, readonly CallModel[]> =>
  groupedBy(
    model.calls.filter(({ action, toPods, caller, callee }) => {
      const isPassedBy = caller.kind !== 'gateway' && isAmbient(caller.namespace) && hasSidecars(callee.namespace);
      return action === 'ALLOW' && !toPods && !isPassedBy;
    }),
    ({ callee }) => callee.key,
  ),
);

/** Keys of those who call a party, in the order of its calls. */
export function callersIn(calls: ReadonlyMap<string, readonly CallModel[]>): (key: string) => readonly string[] {
  return (key) => (calls.get(key) ?? []).map(({ caller }) => caller.key);
}

/** The route of each service of the program, by the service's key. */
export const routesByService = perModel(
  (model: MeshModel): ReadonlyMap<string, RouteModel> => new Map(model.routes.map((route) => [route.service.key, route])),
);

/**
 * What follows for every party from its callers, each asked once. Where calls go in a circle, the one that closes it counts for nothing: whoever is
 * asked while it is being asked itself gets nothing. A program may have chains of thousands, more than a stack of functions holds.
 */
export function fromCallers<Result>(
  callersOf: (key: string) => readonly string[],
  follow: (key: string, ask: (key: string) => Result | undefined) => Result,
): (key: string) => Result | undefined {
  const known = new Map<string, Result | undefined>();
  const lookUp = (key: string): Result | undefined => known.get(key);
  const waiting: Waiting[] = [];
  const begin = (key: string): void => {
    known.set(key, undefined);
    waiting.push({ key, callers: callersOf(key).values() });
  };
  return (asked) => {
    if (!known.has(asked)) begin(asked);
    while (waiting.length > 0) {
      const { key, callers } = waiting.at(-1)!;
      const next = firstOf(callers, (caller) => !known.has(caller));
      if (next !== undefined) begin(next);
      else known.set(waiting.pop()!.key, follow(key, lookUp));
    }
    return known.get(asked);
  };
}

/** A party whose callers are asked first. */
interface Waiting {
  readonly key: string;
  readonly callers: IterableIterator<string>;
}

function firstOf(keys: IterableIterator<string>, isMeant: (key: string) => boolean): string | undefined {
  for (let next = keys.next(); !next.done; next = keys.next()) if (isMeant(next.value)) return next.value;
  return undefined;
}

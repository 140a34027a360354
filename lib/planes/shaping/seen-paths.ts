import type { HttpPart } from '../../model/http-part';
import type { PathRule } from '../../model/route-features';
import { canonical } from '../../support/ordering';
import { withOtherStart } from './path-change';
import { commonPaths } from './path-pattern';

/** What an enforcer sees of requests that a caller sends. */
export interface SeenParts {
  readonly parts: readonly HttpPart[];
  /** Paths of which no policy can say how they arrive. */
  readonly unclear: readonly string[];
}

/** The same requests, as they are once a route has changed their paths. `keeps`: some of them come without having passed the route, too. */
export function partsSeen(parts: readonly HttpPart[], rules: readonly PathRule[], keeps: boolean): SeenParts {
  const unclear = new Set<string>();
  const seen = parts.flatMap((part): HttpPart[] => {
    if (part.paths.length === 0) return [part];
    const lots = part.paths.flatMap((path) => lotsOf(path, rules, () => unclear.add(path)));
    const plain = lots.filter(({ but }) => but.length === 0).map(({ paths }) => paths);
    const rest = lots.filter(({ but }) => but.length > 0);
    const whole = canonical([...plain.flat(), ...(keeps ? part.paths : [])]);
    return [
      ...(whole.length > 0 ? [{ ...part, paths: whole }] : []),
      ...rest.map(({ paths, but }) => ({ ...part, paths: canonical(paths), notPaths: canonical(but) })),
    ];
  });
  return { parts: seen, unclear: [...unclear] };
}

/** Paths, but for some of them. */
interface Lot {
  readonly paths: readonly string[];
  readonly but: readonly string[];
}

function lotsOf(path: string, rules: readonly PathRule[], isUnclear: () => void): Lot[] {
  const lots: Lot[] = [];
  const taken: PathRule[] = [];
  for (const rule of rules) {
    const common = commonPaths(path, rule.at);
    if (!common || !canChange(common, rule)) {
      isUnclear();
      continue;
    }
    if (common.length === 0) continue;
    const narrower = taken.filter((one) => commonPaths(path, one.at)?.length !== 0);
    lots.push(lotOf(common, rule, narrower));
    if (rule.isConditional) continue;
    taken.push(rule);
    // Nothing is left for the rules behind.
    if (common.length === 1 && common[0] === path) return lots;
  }
  return [...lots, { paths: [path], but: taken.flatMap((rule) => commonPaths(path, rule.at) ?? []) }];
}

/** An end of paths has no beginning that could become another one. */
function canChange(common: readonly string[], { change }: PathRule): boolean {
  return !change || 'whole' in change || !common.some((one) => one.startsWith('*'));
}

/** How the requests that one rule takes arrive, but for those that a narrower one has taken before. */
function lotOf(common: readonly string[], { at, change }: PathRule, taken: readonly PathRule[]): Lot {
  if (change && 'whole' in change) return { paths: [change.whole], but: [] };
  const narrower = taken.flatMap((one) => commonPaths(`${at.value}*`, one.at) ?? []);
  const asSent = (one: string): string => (change ? withOtherStart(one, change.of, change.to) : one);
  return { paths: common.map(asSent), but: narrower.map(asSent) };
}

import type { RouteMatch, RouteTable } from '../../model/route';
import type { PathRule } from '../../model/route-features';
import { changeAt, EVERY_PATH, isIdle } from './path-change';

/** What a table does to paths, in the order in which its routes are tried; nothing where it changes none. */
export function pathRulesOf({ rules, rewrite: general }: Pick<RouteTable, 'rules' | 'rewrite'>): readonly PathRule[] | undefined {
  const ofRules = rules.flatMap(({ matches, rewrite }) => matches.map((match) => ruleOf(match, rewrite?.path)));
  const all = general?.path ? [...ofRules, ruleOf(undefined, general.path)] : ofRules;
  return all.some(({ change }) => change) ? all : undefined;
}

function ruleOf(match: RouteMatch | undefined, said: Parameters<typeof changeAt>[0] | undefined): PathRule {
  const at = match?.path ?? EVERY_PATH;
  const change = said && changeAt(said, at, at);
  return { at, isConditional: match !== undefined && asksForMore(match), change: change && isIdle(change) ? undefined : change };
}

function asksForMore(match: RouteMatch): boolean {
  return Object.entries(match).some(([part, value]) => part !== 'path' && (Array.isArray(value) ? value.length > 0 : value !== undefined));
}

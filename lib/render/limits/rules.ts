import type { GlobalLimit } from '../../model/limits/limits';
import { compareText } from '../../support/ordering';
import { globalDescriptors } from './global-limit';

/** A rule of envoyproxy/ratelimit: entries that follow each other stand in each other. */
type Rule = Readonly<Record<string, unknown>>;

/** The rules of a domain, by the names of its limits. */
export function renderRules(domain: string, limits: readonly GlobalLimit[]): Rule {
  const sorted = [...limits].sort((one, other) => compareText(one.name, other.name));
  return { domain, descriptors: sorted.map(ruleOf) };
}

/** All descriptors of a limit begin alike, with its name and what its requests look like; only the last entry differs. */
function ruleOf(limit: GlobalLimit): Rule {
  const all = globalDescriptors(limit).map(({ entries }) => entries);
  const last = all.map((entries): Rule => ({ ...entries.at(-1)!, rate_limit: { unit: limit.unit, requests_per_unit: limit.requests } }));
  const outer = all[0].slice(0, -1);
  return outer.reduceRight((rules, entry): Rule[] => [{ ...entry, descriptors: rules }], last)[0];
}

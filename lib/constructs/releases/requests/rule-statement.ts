import type { Construct } from 'constructs';
import type { Port } from '../../../model/port';
import type { RouteStatement, WeightedVersion } from '../../../model/route';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';
import { requireShares } from '../require-shares';
import { someMatchesOf } from '../../routes/match-facts-of';
import { routeFeaturesOf } from '../../routes/route-features-of';
import { withPreflights } from '../../routes/shaping/with-preflights';
import { answersItself, shapingOf } from '../../routes/shaping-of';
import type { RequestRule } from './request-rule';

/** What one rule says of the service's route table. */
export function statementOf(
  at: Construct,
  ports: readonly Port[],
  stable: string,
  rule: RequestRule,
): Omit<RouteStatement, 'service' | 'by' | 'path'> {
  const { match, to, split, ...options } = rule;
  if (Object.values({ to, split, ...options }).every((said) => said === undefined))
    refuse(
      at,
      'MESH098',
      'a rule says what is done with its requests',
      'match alone',
      'say to, split, timeout, retries, or how they are shaped',
    );
  requireOneEnd(at, rule);
  const matches = someMatchesOf(at, match);
  return {
    matches: rule.cors && matches ? withPreflights(at, matches) : matches,
    shares: sharesOf(at, stable, rule),
    ...routeFeaturesOf(at, ports, options),
    ...shapingOf(at, ports, options),
  };
}

// Istio refuses a destination, and ignores the rest.
function requireOneEnd(at: Construct, rule: RequestRule): void {
  const clashing = (['to', 'split', 'timeout', 'retries'] as const).filter((word) => rule[word] !== undefined);
  if (!answersItself(rule) || clashing.length === 0) return;
  refuse(
    at,
    'MESH727',
    'what the proxy answers by itself reaches no version, which could take its time or fail',
    clashing.join(' and '),
    `drop ${clashing.join(' and ')}, or the answer`,
  );
}

function sharesOf(at: Construct, stable: string, { to, split }: RequestRule): readonly WeightedVersion[] | undefined {
  if (to !== undefined && split)
    refuse(at, 'MESH765', 'requests go to one version, or are split between several', `to: ${to}, and split`, 'drop one of them');
  if (to !== undefined) return [{ version: to, weight: 100 }];
  return split && requireWhole(at, stable, requireShares(at, split));
}

// What is left is the service's own version's, so its share is the rest, whatever is said of it.
function requireWhole(at: Construct, stable: string, shares: readonly WeightedVersion[]): readonly WeightedVersion[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  if (total < 100 && shares.some(({ version }) => version === stable))
    refuse(
      at,
      'MESH771',
      "shares that name the service's own version are of all requests of the rule",
      shares.map(({ version, weight }) => `${version}: ${weight}`).join(', '),
      `make them 100 together, or leave ${stable} out: it gets what is left`,
    );
  return shares;
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

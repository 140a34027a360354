import type { Construct } from 'constructs';
import type { Port } from '../../model/port';
import type { RouteStatement, WeightedVersion } from '../../model/route';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import { requireShares } from '../releases/require-shares';
import { someMatchesOf } from '../routes/match-facts-of';
import { routeFeaturesOf } from '../routes/route-features-of';
import { answersItself, shapingOf } from '../routes/shaping-of';
import type { RequestRule } from './request-rule';

/** What one rule says of the service's route table. */
export function statementOf(at: Construct, ports: readonly Port[], rule: RequestRule): Omit<RouteStatement, 'service' | 'by' | 'path'> {
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
  return {
    matches: someMatchesOf(at, match),
    shares: sharesOf(at, to, split),
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

function sharesOf(at: Construct, to: string | undefined, split: RequestRule['split']): readonly WeightedVersion[] | undefined {
  if (to !== undefined && split)
    refuse(at, 'MESH765', 'requests go to one version, or are split between several', `to: ${to}, and split`, 'drop one of them');
  if (to !== undefined) return [{ version: to, weight: 100 }];
  return split && requireShares(at, split);
}

function refuse(at: Construct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

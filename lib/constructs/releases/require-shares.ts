import type { Construct } from 'constructs';
import type { WeightedVersion } from '../../model/route';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';

/** Shares of some requests, in percent, that are not more than all of them. */
export function requireShares(at: Construct, shares: readonly WeightedVersion[]): readonly WeightedVersion[] {
  for (const { weight } of shares) requireCount(at, 'weight, in percent,', weight, 0, 100);
  const versions = shares.map(({ version }) => version);
  const twice = versions.find((version, index) => versions.indexOf(version) < index);
  if (twice !== undefined) {
    throw new MeshError({
      code: 'MESH770',
      at,
      what: 'each version has one share of some requests',
      got: `${twice} twice`,
      fix: 'give it one share, of both together',
    });
  }
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 100) return shares;
  throw new MeshError({
    code: 'MESH760',
    at,
    what: 'versions take 100 percent of some requests together, at most',
    got: shares.map(({ version, weight }) => `${version}: ${weight}`).join(', '),
    fix: 'take some from one of them',
  });
}

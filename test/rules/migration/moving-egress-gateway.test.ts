import { movingEgressGateway } from '../../../lib/rules/migration/moving-egress-gateway';
import { findings, namespaceState, other } from '../model-builder';

const gateway = (migration?: { readonly wave: number }) => ({
  ...other('egress', 'out'),
  namespace: namespaceState('egress', 'sidecar', { migration }),
});

describe(movingEgressGateway.title, () => {
  it('fails, for callers of one plane go past it', () => {
    expect(findings(movingEgressGateway, { others: [gateway({ wave: 0 })] })).toMatchObject([
      { message: expect.stringContaining('the egress gateway out') },
    ]);
  });

  it('is fine where nothing moves, and so is another gateway', () => {
    expect(findings(movingEgressGateway, { others: [gateway(), { ...gateway({ wave: 1 }), kind: 'gateway' as const }] })).toEqual([]);
  });
});

import { WeightsOwner } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('WeightsOwner', () => {
  it('is called what people call it', () => {
    const owners = [WeightsOwner.FLAGGER, WeightsOwner.ARGO_ROLLOUTS, WeightsOwner.person('the shop team')];
    expect(owners.map(({ who }) => who)).toEqual(['Flagger', 'Argo Rollouts', 'the shop team']);
  });

  it.each(['', ' ', '\n'])('fails for %j, which is no name', (who) => {
    expectRefusal(() => WeightsOwner.person(who), { code: 'MESH038', path: 'WeightsOwner', fix: 'say who' });
  });
});

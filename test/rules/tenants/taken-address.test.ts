import { takenAddress } from '../../../lib/rules/tenants/taken-address';
import { others, saysElsewhere, saysOf, trespasses } from './of-buyers';

describe(takenAddress.title, () => {
  it.each(trespasses(takenAddress))('tells of $what', (attempt) => {
    const path = `raw/${attempt.manifest.kind}/try`.toLowerCase();
    expect(saysOf(takenAddress, attempt)).toMatchObject([{ on: { path }, message: expect.stringContaining('tenant buyers') }]);
  });

  it.each(others(takenAddress))('is silent about $what', (attempt) => {
    expect(saysOf(takenAddress, attempt)).toEqual([]);
  });

  it('is silent about namespaces of nobody', () => {
    expect(saysElsewhere(takenAddress)).toEqual([]);
  });
});

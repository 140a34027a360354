import { takenGateway } from '../../../lib/rules/tenants/taken-gateway';
import { others, saysElsewhere, saysOf, trespasses } from './of-buyers';

describe(takenGateway.title, () => {
  it.each(trespasses(takenGateway))('tells of $what', (attempt) => {
    const path = `raw/${attempt.manifest.kind}/try`.toLowerCase();
    expect(saysOf(takenGateway, attempt)).toMatchObject([{ on: { path }, message: expect.stringContaining('tenant buyers') }]);
  });

  it.each(others(takenGateway))('is silent about $what', (attempt) => {
    expect(saysOf(takenGateway, attempt)).toEqual([]);
  });

  it('is silent about namespaces of nobody', () => {
    expect(saysElsewhere(takenGateway)).toEqual([]);
  });
});

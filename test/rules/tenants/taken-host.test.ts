import { takenHost } from '../../../lib/rules/tenants/taken-host';
import { others, saysElsewhere, saysOf, trespasses } from './of-buyers';

describe(takenHost.title, () => {
  it.each(trespasses(takenHost))('tells of $what', (attempt) => {
    const path = `raw/${attempt.manifest.kind}/try`.toLowerCase();
    expect(saysOf(takenHost, attempt)).toMatchObject([{ on: { path }, message: expect.stringContaining('tenant buyers') }]);
  });

  it.each(others(takenHost))('is silent about $what', (attempt) => {
    expect(saysOf(takenHost, attempt)).toEqual([]);
  });

  it('is silent about namespaces of nobody', () => {
    expect(saysElsewhere(takenHost)).toEqual([]);
  });
});

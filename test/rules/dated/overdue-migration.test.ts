import { overdueMigration } from '../../../lib/rules/dated/overdue-migration';
import type { Weakening } from '../../../lib/model/mtls/weakening';
import { findings } from '../model-builder';

const said: Weakening = { level: 'mesh', namespaceName: 'istio-system', path: 'test/mesh', mode: 'PERMISSIVE', until: '2026-12-31' };

describe(overdueMigration.title, () => {
  it('takes a migration on its last day, and what has none', () => {
    expect(findings(overdueMigration, { weakenings: [said], today: '2026-12-31' })).toEqual([]);
    expect(findings(overdueMigration, { weakenings: [{ ...said, until: undefined }], today: '2099-12-31' })).toEqual([]);
  });

  it('fails the day after', () => {
    expect(findings(overdueMigration, { weakenings: [said], today: '2027-01-01' })).toMatchObject([
      {
        on: { path: 'test/mesh' },
        message: expect.stringMatching(/^the mesh takes .* it is 2027-01-01$/) as string,
        got: 'reason: none given',
      },
    ]);
  });
});

import { MTls } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('a word about mutual TLS', () => {
  it('is a mode, with the day of a migration and the reason of what is switched off', () => {
    expect(
      [MTls.STRICT, MTls.PERMISSIVE, MTls.migrating({ until: '2026-12-31' }), MTls.disabled('a sniffer')].map((one) => one._facts),
    ).toEqual([
      { mode: 'STRICT' },
      { mode: 'PERMISSIVE' },
      { mode: 'PERMISSIVE', until: '2026-12-31' },
      { mode: 'DISABLE', reason: 'a sniffer' },
    ]);
  });

  it('fails for a day that is none, and for no reason', () => {
    expectRefusal(() => MTls.migrating({ until: '2026-02-30' }), { code: 'MESH832', path: 'MTls', fix: '2026-12-31' });
    expectRefusal(() => MTls.disabled(' '), { code: 'MESH836', path: 'MTls', fix: 'MTls.migrating' });
  });
});

import type { Weakening } from '../../../lib/model/mtls/weakening';
import { mtlsMigration } from '../../../lib/rules/dated/mtls-migration';
import { findings, raw } from '../model-builder';

const said: Weakening = { level: 'namespace', namespaceName: 'shop', path: 'test/shop', mode: 'PERMISSIVE', until: '2026-12-31' };
const [peer] = raw(
  '{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: default, namespace: istio-system }, spec: { mtls: { mode: STRICT } } }',
);
const [own] = raw(
  '{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: default, namespace: shop }, spec: { mtls: { mode: PERMISSIVE } } }',
);
const found = (today: string, one: Weakening, objects = [peer]) =>
  findings(mtlsMigration, { weakenings: [one], today, objects: [...objects, { ...own, path: 'test/shop/PeerAuthentication' }] });

describe(mtlsMigration.title, () => {
  it('says nothing of what has no day, nor of one that is over', () => {
    expect(found('2026-12-31', { ...said, until: undefined })).toEqual([]);
    expect(found('2027-01-01', said)).toEqual([]);
  });

  it('names the day, and the level above where it asks for more', () => {
    const message = 'namespace shop takes callers without mutual TLS until 2026-12-31';
    expect(found('2026-12-31', said)).toMatchObject([
      { message: `${message}, though PeerAuthentication istio-system/default says STRICT; from the next day on it is an error` },
    ]);
    expect(found('2026-12-31', said, [])).toMatchObject([{ message: `${message}; from the next day on it is an error` }]);
  });
});

import { requireDataKey, requireVariable } from '../../../lib/support/bounds/variable-syntax';
import { expectRefusal } from '../refusal';

describe('an environment variable', () => {
  it.each(['PASSWORD', 'my.env-name', '1', 'a b', '<>?~'])('is called %s', (name) => {
    expect(requireVariable('here', name)).toBe(name);
  });

  it.each(['1=', '=', 'a\tb', 'größe'])('fails to be called %p', (name) => {
    expectRefusal(() => requireVariable('here', name), { code: 'MESH821', path: 'here', got: name, fix: 'DB_PASSWORD' });
  });

  it('has a name', () => {
    expectRefusal(() => requireVariable('here', ''), { code: 'MESH821', path: 'here', fix: 'DB_PASSWORD' });
  });
});

describe('a key', () => {
  it.each(['password', 'tls.crt', '.dockerconfigjson', '-_', 'a'.repeat(253)])('may be %s', (key) => {
    expect(requireDataKey('here', key)).toBe(key);
  });

  it.each(['a/b', 'a b', '.', '..', '..a', 'a'.repeat(254)])('fails to be %p', (key) => {
    expectRefusal(() => requireDataKey('here', key), { code: 'MESH822', path: 'here', got: key, fix: 'for example password' });
  });
});

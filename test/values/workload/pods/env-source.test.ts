import { EnvSource } from 'istio-constructs';
import { expectRefusal } from '../../../support/refusal';

describe('variables', () => {
  it('come from whole objects, with a prefix where one is said', () => {
    expect(EnvSource.configMap('settings', { prefix: 'APP_' })._facts).toMatchObject({
      kind: 'configMap',
      name: 'settings',
      prefix: 'APP_',
    });
    expect(EnvSource.secret('db', { mayBeMissing: true })._facts).toMatchObject({ kind: 'secret', name: 'db', optional: true });
  });

  it('come from single keys', () => {
    expect(EnvSource.secretKey('PASSWORD', 'db', 'password')._facts).toEqual({
      kind: 'secret',
      name: 'db',
      variable: 'PASSWORD',
      key: 'password',
    });
    expect(EnvSource.configMapKey('MODE', 'settings', 'mode')._facts).toMatchObject({ kind: 'configMap', key: 'mode' });
  });

  it('fails where the object has no name that Kubernetes takes', () => {
    expectRefusal(() => EnvSource.secret('Db_1'), {
      code: 'MESH032',
      path: 'EnvSource',
      got: 'Db_1',
      fix: 'write the name of a Secret alone',
    });
  });

  it.each([
    [() => EnvSource.secretKey('1=', 'db', 'password'), 'MESH821', '1='],
    [() => EnvSource.configMapKey('', 'settings', 'mode'), 'MESH821', ''],
    [() => EnvSource.configMap('settings', { prefix: 'A=' }), 'MESH821', 'A='],
    [() => EnvSource.secretKey('PASSWORD', 'db', 'a/b'), 'MESH822', 'a/b'],
    [() => EnvSource.configMapKey('MODE', 'settings', ''), 'MESH822', ''],
  ])('fails where a variable or a key has no name that Kubernetes takes: %#', (act, code, got) => {
    expectRefusal(act, { code, path: 'EnvSource', got: got || undefined, fix: 'write' });
  });
});

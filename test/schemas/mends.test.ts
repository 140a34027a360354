import { mendOfKey, mendOfType, mendOfWord } from '../../lib/schemas/mends';

describe('what mends a value', () => {
  it('of the wrong type says the same in the right one', () => {
    expect(mendOfType(1.5, 'string')).toEqual({ kind: 'quote', was: 1.5 });
    expect(mendOfType('8080', 'integer')).toEqual({ kind: 'set', was: '8080', to: 8080 });
    expect(mendOfType('true', 'boolean')).toEqual({ kind: 'set', was: 'true', to: true });
  });

  it.each<[unknown, Parameters<typeof mendOfType>[1]]>([
    [{}, 'string'],
    [null, 'string'],
    ['08', 'integer'],
    ['http', 'integer'],
    ['yes', 'boolean'],
    [1, 'boolean'],
    ['a', 'array'],
  ])('is none where %j should be of type %s', (value, type) => {
    expect(mendOfType(value, type)).toBeUndefined();
  });

  it('is the one word that was meant', () => {
    const schema = { enum: ['STRICT', 'DISABLE', 'PERMISSIVE'] };
    expect(mendOfWord('Strictt', schema)).toEqual({ kind: 'set', was: 'Strictt', to: 'STRICT' });
    expect(mendOfWord('STRICT', schema)).toBeUndefined();
    expect(mendOfWord('off', schema)).toBeUndefined();
    expect(mendOfWord(1, schema)).toBeUndefined();
  });

  it('is the one field that was meant, which takes such a value', () => {
    const properties = { attempts: {}, timeout: {} };
    expect(mendOfKey('attempt', properties, () => true)).toEqual({ kind: 'rename', was: 'attempt', to: 'attempts' });
    expect(mendOfKey('attempt', properties, () => false)).toBeUndefined();
    expect(mendOfKey('tries', properties, () => true)).toBeUndefined();
  });
});

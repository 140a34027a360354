import { fieldsOfChoice, openChoice } from '../../lib/schemas/alternatives';
import type { Schema } from '../../lib/schemas/schema';
import { textMark } from '../../lib/support/deferred';

const oneOf = (...fields: string[]): Schema => ({
  oneOf: [{ not: { anyOf: fields.map((field) => ({ required: [field] })) } }, ...fields.map((field) => ({ required: [field] }))],
});

const ADDRESS: Schema = {
  properties: { type: { type: 'string', default: 'IPAddress' }, value: { type: 'string' } },
  oneOf: [
    { properties: { type: { enum: ['IPAddress'] }, value: { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] } } },
    { properties: { type: { not: { enum: ['IPAddress'] } } } },
  ],
};

describe('a choice between fields', () => {
  it.each([[{}], [{ exact: 'a' }], [{ prefix: 'a', other: 1 }]])('is made by %j', (fields) => {
    expect(openChoice(fields, oneOf('exact', 'prefix'))).toBeUndefined();
  });

  it('is not made by two of them, whatever they hold', () => {
    const schema = oneOf('exact', 'prefix');
    expect(openChoice({ exact: textMark(1), prefix: 'a' }, schema)).toBe(schema);
  });

  it('may be one of several', () => {
    const [first, second] = [oneOf('a', 'b'), oneOf('c', 'd')];
    expect(openChoice({ a: 1, c: 1 }, { allOf: [first, second] })).toBeUndefined();
    expect(openChoice({ a: 1, c: 1, d: 1 }, { allOf: [first, second] })).toBe(second);
  });

  it('names its fields', () => {
    expect(fieldsOfChoice(oneOf('exact', 'prefix'))).toEqual(['exact', 'prefix']);
    expect(fieldsOfChoice(ADDRESS)).toEqual([]);
  });
});

describe('a choice by what a field holds', () => {
  it.each([
    [{ value: '10.0.0.1' }, true],
    [{ type: 'IPAddress', value: '::1' }, true],
    [{ type: 'Hostname', value: 'a.example.com' }, true],
    [{ value: 'a.example.com' }, false],
    [{ type: 'IPAddress', value: 'a.example.com' }, false],
  ])('%j: %s', (fields, made) => {
    expect(openChoice(fields, ADDRESS)).toBe(made ? undefined : ADDRESS);
  });

  it('waits for a value that is known only later', () => {
    expect(openChoice({ value: textMark(1) }, ADDRESS)).toBeUndefined();
    expect(openChoice({ type: textMark(1), value: 'a' }, ADDRESS)).toBeUndefined();
  });
});

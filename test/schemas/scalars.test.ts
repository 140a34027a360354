import { complaintOf, isOfFormat } from '../../lib/schemas/scalars';
import type { Schema } from '../../lib/schemas/schema';

describe('a value without fields', () => {
  it.each<[string, unknown, Schema]>([
    ['a word of its list', 'STRICT', { type: 'string', enum: ['DISABLE', 'STRICT'] }],
    ['a text as long as it may be, in characters and not in units', '🚢🚢', { type: 'string', minLength: 2, maxLength: 2 }],
    ['a text of its form, which may be written for Go', 'a_b', { type: 'string', pattern: '^[a-z\\_]+$' }],
    ['a number at its bounds', 10, { type: 'integer', minimum: 10, maximum: 10 }],
    ['what no bound is about', true, { type: 'boolean' }],
    ['a format that nobody here knows', 'x', { type: 'string', format: 'password' }],
  ])('is taken: %s', (_, value, schema) => {
    expect(complaintOf(value, schema)).toBeUndefined();
  });

  it.each<[unknown, Schema, string, string]>([
    [
      'STRIKT',
      { type: 'string', enum: ['DISABLE', 'STRICT'] },
      'has to be one of its words',
      'did you mean STRICT? the words are DISABLE, STRICT',
    ],
    ['somewhere', { type: 'string', enum: ['A'] }, 'has to be one of its words', 'the words are A'],
    ['abc', { type: 'string', maxLength: 2 }, 'is too long', 'write at most 2 characters'],
    ['', { type: 'string', minLength: 1 }, 'is too short', 'write at least 1 character'],
    ['A', { type: 'string', pattern: '^[a-z]+$' }, 'has not the form that it needs', 'write what matches ^[a-z]+$'],
    [-1, { type: 'integer', minimum: 0 }, 'is too small', 'write at least 0'],
    [101, { type: 'integer', maximum: 100 }, 'is too large', 'write at most 100'],
    [2 ** 31, { type: 'integer', format: 'int32' }, 'is no int32', 'write a value of the format int32'],
    ['a', { type: 'string', format: 'byte' }, 'is no byte', 'write a value of the format byte'],
  ])('is refused: %j by %j', (value, schema, what, fix) => {
    expect(complaintOf(value, schema)).toEqual([what, fix]);
  });
});

it('is an address of one kind or the other', () => {
  expect([isOfFormat('10.0.0.1', 'ipv4'), isOfFormat('::1', 'ipv6'), isOfFormat('::1', 'ipv4'), isOfFormat('a', 'ipv6')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

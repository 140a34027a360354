import { Deferred } from 'istio-constructs';
import { requireCount } from '../../lib/support/numbers';
import { newChart } from '../builders';
import { expectRefusal } from './refusal';

const percent = (value: number) => requireCount('test', 'weight', value, 0, 100);
const atLeastOne = (value: number) => requireCount('test', 'attempts', value, 1);

describe('a count', () => {
  it('is taken within its bounds, which belong to it', () => {
    expect([0, 1, 99, 100].map(percent)).toEqual([0, 1, 99, 100]);
    expect([1, 2, 2147483647].map(atLeastOne)).toEqual([1, 2, 2147483647]);
  });

  it('is taken as it is when it is known only later', () => {
    const later = Deferred.number(7);
    expect([percent(later), atLeastOne(later)]).toEqual([later, later]);
  });

  it.each([-1, 101, 0.5, NaN, Infinity, -Infinity])('fails for %p, and both bounds are told', (value) => {
    expectRefusal(() => percent(value), { code: 'MESH015', path: 'test', fix: 'within these bounds', got: String(value) });
    expect(() => percent(value)).toThrow('weight is a whole number from 0 to 100');
  });

  it.each([0, -1, 1.5, NaN, -Infinity])('fails for %p where the upper bound is that of the field, which is not told', (value) => {
    expect(() => atLeastOne(value)).toThrow('MESH015 at test: attempts is a whole number of at least 1\n');
  });

  it.each([2147483648, 4294967295, Number.MAX_SAFE_INTEGER, 1e21, Infinity])('fails for %p, which no field of 32 bits takes', (value) => {
    expect(() => atLeastOne(value)).toThrow('MESH015 at test: attempts is a whole number from 1 to 2147483647\n');
  });

  it('fails at the construct that has it', () => {
    const act = () => requireCount(newChart('shop'), 'replicas', -1, 0);
    expectRefusal(act, { code: 'MESH015', path: 'shop', fix: 'within these bounds', got: '-1' });
  });
});

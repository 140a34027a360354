import {
  fieldsOf,
  isSaid,
  labelsOf,
  listOf,
  numberOf,
  numberOrTextOf,
  textOf,
  textsOf,
  valueAt,
} from '../../../lib/cluster/objects/fields';

const ANYTHING = [undefined, null, true, 0, 'text', [], {}, [null], { a: null }];

describe('a field of which nothing is known', () => {
  it('is read as what is asked for, or as nothing', () => {
    expect(ANYTHING.map(fieldsOf)).toEqual([{}, {}, {}, {}, {}, {}, {}, {}, { a: null }]);
    expect(ANYTHING.map(listOf)).toEqual([[], [], [], [], [], [], [], [{}], []]);
    expect(ANYTHING.map(textOf)).toEqual([undefined, undefined, undefined, undefined, 'text', ...Array(4).fill(undefined)]);
    expect(ANYTHING.map(numberOf)).toEqual([undefined, undefined, undefined, 0, ...Array(5).fill(undefined)]);
    expect([80, 'http', null].map(numberOrTextOf)).toEqual([80, 'http', undefined]);
    expect([undefined, null, 0, '', {}].map(isSaid)).toEqual([false, false, true, true, true]);
  });

  it('leaves out of lists and labels what does not belong there', () => {
    expect(textsOf(['a', 1, null, 'b'])).toEqual(['a', 'b']);
    expect(labelsOf({ app: 'cart', replicas: 1, on: true, none: null })).toEqual({ app: 'cart' });
  });

  it('is followed along its keys as far as they lead', () => {
    const value = { spec: { template: { kind: 'a' } } };
    expect(valueAt(value, 'spec', 'template', 'kind')).toBe('a');
    expect(valueAt(value, 'spec', 'none', 'kind')).toBeUndefined();
    expect(valueAt(null, 'spec')).toBeUndefined();
  });

  it('is read where a list has holes', () => {
    const list = [{ a: 1 }, { a: 2 }];
    delete list[0];
    expect(listOf(list)).toEqual([{}, { a: 2 }]);
  });
});

import { filterOperations, operations } from '../../../lib/planes/shaping/header-operations';

const said = { set: { b: '2', a: '1' }, add: {}, remove: ['c'] };

describe('changes of headers', () => {
  it('are maps in a VirtualService, without what is empty', () => {
    expect(operations(said)).toEqual({ set: { b: '2', a: '1' }, add: undefined, remove: ['c'] });
  });

  it('are sorted lists in an HTTPRoute', () => {
    const set = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ];
    expect(filterOperations(said)).toEqual({ set, add: undefined, remove: ['c'] });
    expect(filterOperations({ set: {}, add: { a: '1' }, remove: [] })).toEqual({ add: [{ name: 'a', value: '1' }] });
  });
});

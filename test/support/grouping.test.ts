import { addTo, groupedBy } from '../../lib/support/grouping';

describe('groups', () => {
  it('stand in the order in which their keys came, with their items in order', () => {
    const groups = groupedBy(['cart', 'api', 'card', 'admin', 'cat'], (name) => name[0]);
    expect([...groups]).toEqual([
      ['c', ['cart', 'card', 'cat']],
      ['a', ['api', 'admin']],
    ]);
  });

  it('are none of nothing, and take keys that objects have of their own', () => {
    expect([...groupedBy([], String)]).toEqual([]);
    expect(groupedBy(['constructor', '__proto__'], (name) => name).get('__proto__')).toEqual(['__proto__']);
  });

  it('grow by one item, or begin with it', () => {
    const groups = new Map([['a', [1]]]);
    addTo(groups, 'a', 2);
    addTo(groups, 'b', 3);
    expect([...groups]).toEqual([
      ['a', [1, 2]],
      ['b', [3]],
    ]);
  });
});

import { SelectorIndex } from '../../../lib/cluster/objects/selector-index';

const item = (name: string, selector: Record<string, string>, namespaceName = 'shop') => ({ name, selector, namespaceName });

describe('what picks pods', () => {
  const index = new SelectorIndex([
    item('both', { version: 'v1', app: 'cart' }),
    item('all', {}),
    item('cart', { app: 'cart' }),
    item('web', { app: 'web' }),
    item('elsewhere', {}, 'bank'),
  ]);
  const picking = (labels: Record<string, string>) => index.picking('shop', labels).map(({ name }) => name);

  it('is found by the labels of a pod, in the order in which it came', () => {
    expect(picking({ app: 'cart', version: 'v1' })).toEqual(['both', 'all', 'cart']);
    expect(picking({ app: 'cart', version: 'v2' })).toEqual(['all', 'cart']);
    expect(picking({})).toEqual(['all']);
  });

  it('is of the namespace of the pod', () => {
    expect(index.picking('bank', { app: 'cart' }).map(({ name }) => name)).toEqual(['elsewhere']);
    expect(index.picking('nowhere', { app: 'cart' })).toEqual([]);
  });
});

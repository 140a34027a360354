import type { RouteMatch } from '../../../lib/model/route';
import { inOrder } from '../../../lib/planes/entries/in-order';
import type { RouteEntry } from '../../../lib/planes/entries/route-entries';

const below = (value: string, more: Partial<RouteMatch> = {}): RouteMatch => ({
  headers: [],
  queryParams: [],
  path: { type: 'PathPrefix', value },
  ...more,
});
const at = (value: string): RouteMatch => below('', { path: { type: 'Exact', value } });
const entry = (name: string, ...matches: RouteMatch[]): RouteEntry => ({ name, matches, backends: [], fields: {} });
const shown = (sequences: Parameters<typeof inOrder<string>>[0]) =>
  inOrder(sequences).map(({ owner, entry: { name, matches } }) => `${owner} ${name} ${matches.map(({ path }) => path?.value).join(' ')}`);

describe('routes of several services under one host', () => {
  it('are tried from the narrowest match on, whosever it is', () => {
    const web = { owner: 'web', entries: [entry('all', below('/'))] };
    const cart = { owner: 'cart', entries: [entry('one', at('/cart/new')), entry('rest', below('/cart'))] };
    const pay = { owner: 'pay', entries: [entry('paid', below('/cart', { method: 'POST' }))] };
    expect(shown([web, cart, pay])).toEqual(['cart one /cart/new', 'pay paid /cart', 'cart rest /cart', 'web all /']);
  });

  it('keep the order that one service gives them', () => {
    const web = { owner: 'web', entries: [entry('first', below('/')), entry('second', at('/a'))] };
    expect(shown([web, { owner: 'cart', entries: [entry('cart', below('/cart'))] }])).toEqual([
      'cart cart /cart',
      'web first /',
      'web second /a',
    ]);
  });

  it('are divided where matches of another stand between', () => {
    const web = { owner: 'web', entries: [entry('both', below('/'), at('/a'))] };
    expect(shown([web])).toEqual(['web both /a /']);
    expect(shown([web, { owner: 'cart', entries: [entry('cart', below('/a'))] }])).toEqual(['web both /a', 'cart cart /a', 'web both /']);
  });

  it('take everything last where they name no match', () => {
    expect(
      shown([
        { owner: 'web', entries: [entry('all')] },
        { owner: 'cart', entries: [entry('cart', below('/cart'))] },
      ]),
    ).toEqual(['cart cart /cart', 'web all ']);
  });
});

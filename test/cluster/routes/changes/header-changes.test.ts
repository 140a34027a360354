import { changedBy, filterChanges, virtualChanges } from '../../../../lib/cluster/routes/changes/header-changes';

const SENT = { 'x-tenant': 'acme', 'x-user': 'ann' };

describe('what a route does to headers of requests', () => {
  it('is said in a VirtualService, of the request alone, by names in any case', () => {
    const said = { request: { set: { 'X-Tenant': 'other' }, add: { 'X-User': 'bob', 'X-New': 'yes' }, remove: ['X-Old'] } };
    const changes = virtualChanges(said);
    expect(changes).toEqual({ set: { 'x-tenant': 'other' }, add: { 'x-user': 'bob', 'x-new': 'yes' }, remove: ['x-old'] });
    expect(changedBy([changes], { ...SENT, 'x-old': '1' })).toEqual({ 'x-tenant': 'other', 'x-user': 'ann,bob', 'x-new': 'yes' });
    expect(virtualChanges({ response: { remove: ['server'] } })).toBeUndefined();
    expect(virtualChanges(undefined)).toBeUndefined();
  });

  it('is said in a filter of an HTTPRoute', () => {
    const modifier = { set: [{ name: 'X-Tenant', value: 'other' }], add: [{ name: 'x-new', value: 'yes' }], remove: ['x-user'] };
    const changes = filterChanges([{ type: 'URLRewrite' }, { type: 'RequestHeaderModifier', requestHeaderModifier: modifier }]);
    expect(changedBy([changes], SENT)).toEqual({ 'x-tenant': 'other', 'x-new': 'yes' });
    expect(filterChanges([{ type: 'ResponseHeaderModifier', responseHeaderModifier: modifier }])).toBeUndefined();
  });

  it('takes away before it adds, and each change after the one before', () => {
    const [first, second] = [
      virtualChanges({ request: { add: { a: '1' } } }),
      virtualChanges({ request: { add: { a: '2' }, remove: ['a'] } }),
    ];
    expect(changedBy([first, second], { a: '0' })).toEqual({ a: '2' });
    expect(changedBy([undefined, first], { a: '0' })).toEqual({ a: '0,1' });
    expect(changedBy([], SENT)).toEqual(SENT);
  });
});

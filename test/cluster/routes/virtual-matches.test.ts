import { readMatch } from '../../../lib/cluster/routes/virtual-matches';

describe('a match of a VirtualService', () => {
  it('says what a request must look like', () => {
    const match = { uri: { prefix: '/a' }, headers: { 'x-a': { exact: '1' }, 'x-b': {} }, port: 80, gateways: ['door', 'mesh'] };
    expect(readMatch(match, 'shop')).toMatchObject({
      uri: { prefix: '/a' },
      method: undefined,
      headers: { 'x-a': { exact: '1' }, 'x-b': {} },
      port: 80,
      gateways: ['shop/door', 'mesh'],
      unread: [],
    });
  });

  it('names what nobody here reads', () => {
    expect(readMatch({ authority: { exact: 'a' }, ignoreUriCase: true }, 'shop').unread).toEqual(['authority', 'ignoreUriCase']);
  });
});

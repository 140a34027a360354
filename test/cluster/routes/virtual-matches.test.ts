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
      ignoresCase: false,
      scheme: undefined,
    });
  });

  it('may ask how a request is addressed, and pass over the size of letters', () => {
    const match = { scheme: { exact: 'https' }, authority: { prefix: 'a.' }, uri: { exact: '/A' }, ignoreUriCase: true };
    expect(readMatch(match, 'shop')).toMatchObject({ scheme: { exact: 'https' }, authority: { prefix: 'a.' }, ignoresCase: true });
  });
});

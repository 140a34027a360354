import { bytesAlike } from '../../../lib/rules/outside/bytes-alike';
import { call, findings, HTTP, namespaceState, other, service, TCP } from '../model-builder';

const host = (name: string, parts: object = {}) => other('external', name, { host: `${name}.example.com`, ports: [TCP], ...parts });
const web = service('web');

describe(bytesAlike.title, () => {
  it.each([
    ['one host', [call(web, host('a'))]],
    ['one host that is called twice', [call(web, host('a')), call(web, host('a'))]],
    ['hosts on two ports', [call(web, host('a')), call(web, host('b', { ports: [{ ...TCP, number: 3306 }] }))]],
    ['hosts that say their addresses', [call(web, host('a', { addresses: ['10.0.0.1/32'] })), call(web, host('b'))]],
    ['hosts that requests name', [call(web, host('a', { ports: [HTTP] })), call(web, host('b', { ports: [HTTP] }))]],
    ['hosts of two callers', [call(web, host('a')), call(service('cart'), host('b'))]],
  ])('takes %s', (_, calls) => {
    expect(findings(bytesAlike, { calls })).toEqual([]);
  });

  it('takes a caller in ambient mode, where each name has an address of its own', () => {
    const ambient = service('web', { namespace: namespaceState('shop', 'ambient') });
    expect(findings(bytesAlike, { calls: [call(ambient, host('a')), call(ambient, host('b'))] })).toEqual([]);
  });

  it('warns of two hosts on one port', () => {
    expect(findings(bytesAlike, { calls: [call(web, host('a')), call(web, host('b'))] })).toMatchObject([
      { on: { path: 'shop/web' }, got: 'a.example.com, b.example.com', message: expect.stringContaining('port 5432') },
    ]);
  });
});

import { bytesAlike } from '../../../lib/rules/outside/bytes-alike';
import { call, findings, HTTP, namespaceState, other, service, TCP } from '../model-builder';

const host = (name: string, parts: object = {}) => other('external', name, { host: `${name}.example.com`, ports: [TCP], ...parts });
const closed = namespaceState('shop', 'sidecar', { zeroTrust: true });
const web = service('web', { namespace: closed });

describe(bytesAlike.title, () => {
  it.each([
    ['one host', [call(web, host('a'))]],
    ['one host that is called twice', [call(web, host('a')), call(web, host('a'))]],
    ['hosts on two ports', [call(web, host('a')), call(web, host('b', { ports: [{ ...TCP, number: 3306 }] }))]],
    ['hosts that say their addresses', [call(web, host('a', { knownAddresses: ['10.0.0.1/32'] })), call(web, host('b'))]],
    ['hosts that requests name', [call(web, host('a', { ports: [HTTP] })), call(web, host('b', { ports: [HTTP] }))]],
    ['hosts of two callers', [call(web, host('a')), call(service('cart', { namespace: closed }), host('b'))]],
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

  it('warns of hosts that different callers of an open namespace call: the proxy of each knows both', () => {
    const calls = [call(service('web'), host('a')), call(service('cart'), host('b'))];
    expect(findings(bytesAlike, { calls }).map(({ on }) => on.path)).toEqual(['shop/cart', 'shop/web']);
  });

  it.each([
    ['addresses, where proxies take them', {}, 'say the addresses'],
    ['a network, where addresses were dropped for TLS', { addresses: ['10.0.0.1/32'] }, 'ExternalNetwork'],
    ['a network, where TLS would drop them', { ports: [TCP, { ...HTTP, origination: {} }] }, 'ExternalNetwork'],
    ['a network, where names have addresses for others', { namespace: namespaceState('shop', 'ambient') }, 'ExternalNetwork'],
    ['ambient mode behind a gateway', { addresses: ['10.0.0.1/32'], through: { key: 'egress:out' } }, 'ambient mode'],
  ])('names %s', (_, parts, fix) => {
    const found = findings(bytesAlike, { calls: [call(web, host('a', parts)), call(web, host('b', parts))] });
    expect(found).toMatchObject([{ fix: expect.stringContaining(fix) }]);
  });
});

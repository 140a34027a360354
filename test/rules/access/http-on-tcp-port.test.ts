import { httpOnTcpPort } from '../../../lib/rules/access/http-on-tcp-port';
import { call, findings, GET_ITEMS, HTTP, service, TCP } from '../model-builder';

const http = [GET_ITEMS];

describe(httpOnTcpPort.title, () => {
  it('takes HTTP on an HTTP port, and a TCP port without it', () => {
    const calls = [call(service('web'), service('cart'), { http }), call(service('cart'), service('db', { ports: [TCP] }))];
    expect(findings(httpOnTcpPort, { calls })).toEqual([]);
  });

  it('fails HTTP on a TCP port', () => {
    const calls = [call(service('cart'), service('db', { ports: [HTTP, TCP] }), { http })];
    expect(findings(httpOnTcpPort, { calls })).toMatchObject([{ on: { path: 'shop/cart' }, got: '5432 (tcp)' }]);
  });
});

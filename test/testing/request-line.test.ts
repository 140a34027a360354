import { requestLine } from '../../lib/testing/request-line';

describe('the line of a request', () => {
  it.each<[string, object]>([
    ['POST /payments/1', { method: 'POST', path: '/payments/1' }],
    ['/payments?id=1', { method: undefined, path: '/payments?id=1' }],
    ['DELETE', { method: 'DELETE', path: undefined }],
    ['', { method: undefined, path: undefined }],
  ])('has a method and a path: %s', (text, line) => {
    expect(requestLine(text)).toEqual(line);
  });

  it.each(['post /a', 'POST payments', 'GET /a b', 'GET /a HTTP/1.1'])('fails for %s', (text) => {
    expect(() => requestLine(text)).toThrow(/^MESH899 .*\n {2}got: /);
  });
});

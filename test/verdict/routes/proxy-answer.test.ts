import type { WrittenRedirect } from '../../../lib/cluster/routes/own-answers';
import { abortedBy, answering, answerText } from '../../../lib/verdict/routes/proxy-answer';
import { byParts } from '../../../lib/verdict/routes/rewrites';

const ASKED = { scheme: 'http', host: 'shop.example.com', port: 80, path: '/old/1?a=b' };
const byOld = (to: string) => byParts({ type: 'PathPrefix', value: '/old' }, to);
const location = (redirect: WrittenRedirect, asked: Partial<typeof ASKED> = {}) =>
  answering({ status: 302, redirect }, byOld)({ ...ASKED, ...asked })?.location;

describe('the answer of a proxy', () => {
  it('is a status alone where nobody is sent elsewhere', () => {
    expect(answering({ status: 503 }, byOld)(ASKED)).toEqual({ status: 503 });
  });

  it.each<[string, WrittenRedirect, Partial<typeof ASKED>, string]>([
    ['keeps what is not said', {}, {}, 'http://shop.example.com/old/1?a=b'],
    ['keeps the port that the client wrote', {}, { port: 8080 }, 'http://shop.example.com:8080/old/1?a=b'],
    ['drops it with the host', { host: 'a.com' }, { port: 8080 }, 'http://a.com/old/1?a=b'],
    ['takes the port at which the request came in', { host: 'a.com', port: 'request' }, { port: 8080 }, 'http://a.com:8080/old/1?a=b'],
    ['lets a scheme bring its own', { scheme: 'https', port: 'scheme' }, { port: 8080 }, 'https://shop.example.com/old/1?a=b'],
    ['leaves out the usual port', { scheme: 'https', port: 443 }, {}, 'https://shop.example.com/old/1?a=b'],
    ['writes any other', { scheme: 'https', port: 8443 }, {}, 'https://shop.example.com:8443/old/1?a=b'],
    ['swaps the path, and keeps the query', { path: '/' }, {}, 'http://shop.example.com/?a=b'],
    ['takes the query of the new path', { path: '/?c' }, {}, 'http://shop.example.com/?c'],
    ['swaps the part that the route names', { prefix: '/new' }, {}, 'http://shop.example.com/new/1?a=b'],
  ])('%s', (_, redirect, asked, expected) => {
    expect(location(redirect, asked)).toBe(expected);
  });

  it('is unknown where nobody can tell the path', () => {
    expect(answering({ status: 302, redirect: { prefix: '/x' } }, () => () => undefined)(ASKED)).toBeUndefined();
  });

  it('is that of a fault where no request gets past it', () => {
    expect(abortedBy({ abort: { status: 500, percent: 100 } })).toEqual({ status: 500, why: 'fault' });
    expect([abortedBy({ abort: { status: 500, percent: 99 } }), abortedBy(undefined)]).toEqual([undefined, undefined]);
  });

  it('has words', () => {
    expect(answerText({ status: 301, location: 'http://a.com/' })).toBe('answered 301 with location http://a.com/');
    expect(answerText({ grpcStatus: 'UNAVAILABLE' })).toBe('answered gRPC status UNAVAILABLE');
  });
});

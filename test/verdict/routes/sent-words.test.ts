import { sendingOf } from '../../../lib/verdict/routes/sent-words';
import type { Destination, RouteRule } from '../../../lib/verdict/routes/route-table';
import type { RequestLine } from '../../../lib/verdict/requests/request';

const LINE: RequestLine = { method: 'GET', path: '/a', headers: { 'x-tenant': 'acme' } };
const to = (host: string, headers?: Destination['headers']): Destination => ({ host, port: 8080, weight: 1, headers });
const set = (tenant: string) => ({ set: { 'x-tenant': tenant }, add: {}, remove: [] });
const rule = (parts: Partial<RouteRule>): RouteRule => ({
  by: 'r',
  object: {} as never,
  matches: () => true,
  destinations: [to('one')],
  ...parts,
});
const sentBy = (parts: Partial<RouteRule>) => sendingOf(rule(parts), LINE).destinations.map(({ sent }) => sent);

describe('what a rule sends on', () => {
  it('is what came in where nothing changes it', () => {
    expect(sentBy({ rewrite: (path) => path })).toEqual([undefined]);
  });

  it('is another path, another host and other headers', () => {
    expect(sentBy({ rewrite: () => '/b', host: 'other.example.com', headers: set('other') })).toEqual([
      { path: '/b', host: 'other.example.com', headers: { 'x-tenant': 'other' } },
    ]);
  });

  it('may be another thing for each destination, before what is said of all', () => {
    const destinations = [to('one', set('first')), to('two')];
    expect(sentBy({ destinations })).toEqual([{ headers: { 'x-tenant': 'first' } }, undefined]);
    expect(sentBy({ destinations, headers: set('all') })).toEqual([{ headers: { 'x-tenant': 'all' } }, { headers: { 'x-tenant': 'all' } }]);
  });

  it('is nothing that anybody could tell where the path is not', () => {
    expect(sendingOf(rule({ rewrite: () => undefined }), LINE)).toEqual({
      destinations: [],
      unknown: 'r changes the path in words that are not known here',
    });
  });
});

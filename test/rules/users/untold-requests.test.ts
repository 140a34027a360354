import { type ExposeOptions, JwtIssuer, RequestMatch } from 'istio-constructs';
import { untoldRequests } from '../../../lib/rules/users/untold-requests';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = untoldRequests;
const host = 'shop.example.com';
const usersAtGateway = [{ issuer: JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] }) }];
const others = [{ issuer: JwtIssuer.of({ issuer: 'https://partners.example.com', audiences: ['shop'] }) }];

function found({ dataPlane }: PlaneUnderTest, one: ExposeOptions, other: ExposeOptions): string[] {
  const { chart, cart, product } = shop({ dataPlane });
  const gateway = edgeGateway(chart, dataPlane);
  gateway.expose(cart, { host, usersAtGateway, ...one });
  gateway.expose(product, { host, ...other });
  return findingCodes(chart).filter((each) => each === code);
}

describe(untoldRequests.title, () => {
  forEachPlane((plane) => {
    it('takes paths, methods and hosts apart', () => {
      expect(found(plane, {}, { pathPrefix: '/public' })).toEqual([]);
      expect(found(plane, { pathPrefix: '/admin' }, {})).toEqual([]);
      expect(found(plane, { match: [RequestMatch.httpMethod('POST')] }, { match: [RequestMatch.httpMethod('GET')] })).toEqual([]);
      expect(found(plane, {}, { host: 'other.example.com' })).toEqual([]);
    });

    it('takes the same users for requests that nothing tells apart', () => {
      expect(found(plane, {}, { match: [RequestMatch.header('x-beta', 'yes')], usersAtGateway })).toEqual([]);
      const optional = usersAtGateway.map((user) => ({ ...user, optional: true }));
      expect(found(plane, {}, { pathPrefix: '/home', usersAtGateway: optional })).toEqual([]);
    });

    it('tells of requests that a header tells apart, and no policy of the gateway', () => {
      const byHeader = { match: [RequestMatch.header('x-beta', 'yes')] };
      expect(found(plane, {}, byHeader)).toEqual([code]);
      expect(found(plane, { pathPrefix: '/cart', ...byHeader }, {})).toEqual([code]);
      expect(found(plane, {}, { pathPattern: '/items/[0-9]+' })).toEqual([code]);
      expect(found(plane, { pathPattern: '/items/[0-9]+' }, {})).toEqual([code]);
      expect(found(plane, {}, { ...byHeader, usersAtGateway: others })).toEqual([code, code]);
    });
  });
});

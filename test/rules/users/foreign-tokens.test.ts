import { type ExposeOptions, JwtIssuer, TokenPlace } from 'istio-constructs';
import { foreignTokens } from '../../../lib/rules/users/foreign-tokens';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = foreignTokens;
const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
const session = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'], tokenPlaces: [TokenPlace.cookie('session')] });

function found({ dataPlane }: PlaneUnderTest, reads: JwtIssuer, other?: Partial<ExposeOptions>): string[] {
  const { chart, cart, product } = shop({ dataPlane });
  const gateway = edgeGateway(chart, dataPlane);
  gateway.expose(cart, { host: 'shop.example.com', usersAtGateway: [{ issuer: reads }] });
  if (other) gateway.expose(product, { host: 'other.example.com', ...other });
  return findingCodes(chart).filter((each) => each === code);
}

describe(foreignTokens.title, () => {
  forEachPlane((plane) => {
    it('tells of hosts whose services may read tokens of their own', () => {
      expect(found(plane, issuer, {})).toEqual([code]);
    });

    it('takes a gateway for users alone, users of others that it knows, and tokens in a place of their own', () => {
      expect(found(plane, issuer)).toEqual([]);
      expect(found(plane, issuer, { usersAtGateway: [{ issuer, optional: true }] })).toEqual([]);
      expect(found(plane, issuer, { user: { issuer: session } })).toEqual([]);
      expect(found(plane, session, {})).toEqual([]);
    });
  });
});

import type { Enforcement } from '../../../lib/model/hop';
import type { IssuerFacts } from '../../../lib/model/users/end-user';
import { renderRequestAuthentication } from '../../../lib/render/policies/request-authentication';

const ISSUER: IssuerFacts = {
  issuer: 'https://id.example.com',
  audiences: ['shop'],
  tokenPlaces: [],
  claimHeaders: {},
  forwardsToken: false,
};

function enforcement(issuer?: Partial<IssuerFacts>, attachment: Enforcement['attachment'] = { selector: { app: 'product' } }): Enforcement {
  return { attachment, namespaceName: 'shop', readsHttp: true, user: issuer && { issuer: { ...ISSUER, ...issuer }, claims: {} } };
}

describe('a RequestAuthentication', () => {
  it('leaves out whatever Istio does by itself', () => {
    expect(renderRequestAuthentication([enforcement({})])).toEqual({
      selector: { matchLabels: { app: 'product' } },
      jwtRules: [{ issuer: 'https://id.example.com', audiences: ['shop'] }],
    });
  });

  it('is attached to a waypoint by what it is for', () => {
    const targetRefs = [{ group: '', kind: 'Service', name: 'product' }];
    expect(renderRequestAuthentication([enforcement({}, { targetRefs })])).toEqual({ targetRefs, jwtRules: [expect.anything()] });
  });

  it('has each issuer once, in an order that does not depend on who was named first', () => {
    const [one, other] = [enforcement({ issuer: 'b' }), enforcement({ issuer: 'a' })];
    const rules = [{ issuer: 'a' }, { issuer: 'b' }];
    expect(renderRequestAuthentication([one, other, one, enforcement()]).jwtRules).toMatchObject(rules);
    expect(renderRequestAuthentication([other, one]).jwtRules).toMatchObject(rules);
  });
});

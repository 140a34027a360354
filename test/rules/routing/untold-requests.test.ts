import { Duration } from 'cdk8s';
import { FaultInjection, RequestMatch } from 'istio-constructs';
import { untoldRequests } from '../../../lib/rules/routing/untold-requests';
import { canary, findingCodes, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const found = (plane: PlaneUnderTest, one: RequestMatch, other: RequestMatch): string[] => {
  const { chart, shop: scope, cart } = shop(plane);
  canary(cart, { weight: 0, match: [one] });
  new FaultInjection(scope, 'chaos', { service: cart, match: [other], delay: { duration: Duration.seconds(1) } });
  return findingCodes(chart).filter((code) => code === untoldRequests.code);
};

describe(untoldRequests.title, () => {
  forEachPlane((plane) => {
    it('takes matches that a route can ask for at once, or that no request has both', () => {
      expect(found(plane, RequestMatch.userAgent('Chrome'), RequestMatch.header('x-a', 'b'))).toEqual([]);
      expect(found(plane, RequestMatch.userAgent('Chrome'), RequestMatch.userAgent('Chrome/14'))).toEqual([]);
      expect(found(plane, RequestMatch.header('x-a', 'blue'), RequestMatch.headerContaining('x-a', 'red'))).toEqual([]);
    });

    it('tells of two texts in one header', () => {
      expect(found(plane, RequestMatch.userAgent('Chrome'), RequestMatch.userAgent('Safari'))).toEqual([untoldRequests.code]);
    });
  });
});

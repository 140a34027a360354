import { IpBlocks } from 'istio-constructs';
import { checkOfNothing } from '../../../lib/rules/border/check-of-nothing';
import { edgeGateway, findingCodes, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

describe(checkOfNothing.title, () => {
  forEachPlane(({ dataPlane }) => {
    const found = (checked: string[], ...exposed: string[]): boolean => {
      const { chart, cart } = shop({ dataPlane });
      const gateway = edgeGateway(chart, dataPlane);
      for (const host of exposed) gateway.expose(cart, { host, routeName: 'shop' });
      gateway.denyClients(IpBlocks.ofClients('198.51.100.7'), checked.length > 0 ? { hosts: checked } : {});
      return findingCodes(chart).includes(checkOfNothing.code);
    };

    it('tells of a host that is misspelled', () => {
      expect(found(['shp.example.com'], 'shop.example.com')).toBe(true);
      expect(found(['shop.example.com', 'shp.example.com'], 'shop.example.com')).toBe(true);
    });

    it('takes a host that is exposed, by its name or by a wildcard, and a check of all hosts', () => {
      expect(found(['shop.example.com'], 'shop.example.com')).toBe(false);
      expect(found(['shop.example.com'], '*.example.com')).toBe(false);
      expect(found([], 'shop.example.com')).toBe(false);
      expect(found(['shop.example.com'])).toBe(false);
    });
  });
});

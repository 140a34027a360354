import { JwtIssuer } from 'istio-constructs';
import { shop } from '../../builders';
import { forEachEnforcer } from '../../for-each-plane';

const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });

describe('the RequestAuthentications of a service', () => {
  forEachEnforcer((plane) => {
    const idsOf = (isAsked: boolean): Record<string, string> => {
      const { cart, product } = shop(plane);
      product.access.allow(cart, isAsked ? { user: { issuer } } : {});
      const objects = product.objects.filter(({ kind }) => kind === 'RequestAuthentication');
      return Object.fromEntries(objects.map(({ node, name }) => [node.path.replace(`${product.node.path}/`, ''), name]));
    };

    it('are called and found by where they are attached', () => {
      expect(idsOf(true)).toEqual(
        plane.of<object>({
          sidecar: { 'Authentication/Resource': 'product' },
          ztunnel: {},
          waypoint: { 'Authentication/Waypoint': 'product-waypoint' },
        }),
      );
    });

    it('are none where no grant asks for a user', () => {
      expect(idsOf(false)).toEqual({});
    });
  });
});

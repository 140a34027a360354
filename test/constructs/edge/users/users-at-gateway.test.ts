import { IngressGateway, JwtIssuer } from 'istio-constructs';
import { usersAtDoor } from '../../../../lib/constructs/edge/users/users-at-gateway';
import { edgeGateway, shop } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const host = 'shop.example.com';
const usersAtGateway = [{ issuer: JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] }) }];

describe(usersAtDoor, () => {
  forEachPlane((plane) => {
    it('fails without anybody, and under a host that a policy does not cover', () => {
      const { chart, cart } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      const path = 'test/edge/gateway';
      const nobody = { code: 'MESH860', path, got: 'usersAtGateway: []', fix: 'leave it out' } as const;
      expectRefusal(() => gateway.expose(cart, { host, usersAtGateway: [] }), nobody);
      const wide = { code: 'MESH861', path, got: '*.example.com', fix: 'moreHosts' } as const;
      expectRefusal(() => gateway.expose(cart, { host: '*.example.com', usersAtGateway }), wide);
      expectRefusal(() => gateway.expose(cart, { host, moreHosts: ['*.example.com'], usersAtGateway }), wide);
    });

    it('fails at a gateway of another program', () => {
      const { chart, cart } = shop(plane);
      const gateway = IngressGateway.fromAttributes(chart, 'public', { namespaceName: 'platform' });
      const refusal = { code: 'MESH862', path: 'test/public', got: 'usersAtGateway', fix: 'say user instead' } as const;
      expectRefusal(() => gateway.expose(cart, { host, usersAtGateway }), refusal);
    });
  });
});

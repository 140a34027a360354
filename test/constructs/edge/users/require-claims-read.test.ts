import { DataPlane, IngressGateway, IstioGatewayPods, JwtIssuer, MeshNamespace, RequestMatch } from 'istio-constructs';
import { newChart, service, spec } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';

const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
const match = [RequestMatch.claim('role', 'clerk')];

function edge(props: object): {
  readonly gateway: IngressGateway;
  readonly chart: ReturnType<typeof newChart>;
  readonly shop: MeshNamespace;
} {
  const chart = newChart();
  const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
  const place = new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
  return { chart, shop, gateway: new IngressGateway(place, 'gateway', { tlsSecret: 'cert', ...props }) };
}

describe('claims at a gateway', () => {
  it('are refused where HTTPRoute would have to say them', () => {
    const { gateway, shop } = edge({});
    const cart = service(shop, 'cart');
    expectRefusal(() => gateway.expose(cart, { host: 'a.example.com', match }), {
      code: 'MESH883',
      path: 'test/edge/gateway',
      got: 'RequestMatch.claim of [role]',
      fix: 'istioPods',
    });
  });

  it('stand in the place of a header in a VirtualService', () => {
    const { chart, gateway, shop } = edge({ istioPods: IstioGatewayPods.helmRelease('gateway') });
    gateway.expose(service(shop, 'cart'), { host: 'a.example.com', match, usersAtGateway: [{ issuer, optional: true }] });
    const { http } = spec(chart, 'VirtualService', 'gateway-https-a-example-com') as {
      readonly http: Array<{ readonly match: unknown[] }>;
    };
    expect(http[0].match).toMatchObject([{ headers: { '@request.auth.claims[role]': { exact: 'clerk' } } }]);
  });
});

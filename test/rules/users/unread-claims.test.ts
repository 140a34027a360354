import { DataPlane, IngressGateway, IstioGatewayPods, JwtIssuer, MeshNamespace, RequestMatch, RequestRouting } from 'istio-constructs';
import { findingCodes, newChart, service } from '../../builders';

const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
const TESTERS = [RequestMatch.claim('group', 'testers')];

interface Said {
  readonly plane: DataPlane;
  readonly asks?: object;
}

function routed({ plane, asks }: Said): string[] {
  const chart = newChart();
  const shop = new MeshNamespace(chart, 'shop', { dataPlane: plane });
  const cart = service(shop, 'cart');
  if (asks) service(shop, 'web').calls(cart, asks);
  const versions = [{ version: 'v2', image: 'cart:2' }];
  new RequestRouting(shop, 'routes', { service: cart, versions, rules: [{ match: TESTERS, to: 'v2' }] });
  return findingCodes(chart).filter((code) => code === 'MESH283');
}

function exposed(asks: object): string[] {
  const chart = newChart();
  const edge = new MeshNamespace(chart, 'edge', { dataPlane: DataPlane.sidecar() });
  const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'cert', istioPods: IstioGatewayPods.helmRelease('gateway') });
  gateway.expose(service(shop, 'cart'), { host: 'shop.example.com', match: TESTERS, ...asks });
  return findingCodes(chart).filter((code) => code === 'MESH283');
}

describe('MESH283', () => {
  it.each([
    ['sidecar', DataPlane.sidecar()],
    ['ambient', DataPlane.ambient()],
  ])('stops a route by claims inside the mesh in %s mode, whatever callers bring', (_, plane) => {
    expect(routed({ plane, asks: { user: { issuer } } })).toEqual(['MESH283']);
  });

  it('stops a gateway that asks nobody for a token, and takes one that does', () => {
    expect(exposed({})).toEqual(['MESH283']);
    expect(exposed({ usersAtGateway: [{ issuer, optional: true }] })).toEqual([]);
  });

  it('leaves tokens at a gateway of another program to that program', () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const istioPods = IstioGatewayPods.helmRelease('gateway');
    const gateway = IngressGateway.fromAttributes(chart, 'gateway', { namespaceName: 'edge', istioPods });
    gateway.expose(service(shop, 'cart'), { host: 'shop.example.com', match: TESTERS });
    expect(findingCodes(chart)).not.toContain('MESH283');
  });
});

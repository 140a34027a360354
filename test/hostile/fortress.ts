import { type Chart, Testing } from 'cdk8s';
import {
  Callers,
  Condition,
  DataPlane,
  ExternalPort,
  ExternalService,
  HttpAccess,
  IngressGateway,
  JwtIssuer,
  Mesh,
  MeshedService,
  MeshedWorker,
  MeshNamespace,
  MeshPort,
  MTls,
  ServiceIdentity,
  ZeroTrustNamespace,
} from 'istio-constructs';
import type { Cluster } from '../../lib/cluster/cluster';
import { newChart, service } from '../builders';
import type { Token } from '../../lib/verdict/requests/request';
import { newSigner } from '../envoy/tokens';
import { clusterOf } from '../manifests';

/** Whose signature the fortress trusts, and the claims of a token that it takes. */
export const ISSUER = 'https://id.example.com';
export const SIGNER = newSigner();
export const TOKEN: Token = { issuer: ISSUER, subject: 'ann', audiences: ['payments'], claims: { role: 'clerk' } };

/** The claims of a token as its issuer signs them, good for an hour. */
export const claimsOf = ({ issuer, subject, audiences, claims }: Token): Record<string, unknown> => ({
  iss: issuer,
  sub: subject,
  aud: audiences,
  exp: Math.floor(Date.now() / 1000) + 3600,
  ...claims,
});

const CLERKS = JwtIssuer.of({ issuer: ISSUER, jwks: SIGNER.jwks, audiences: ['payments'], claimHeaders: { 'x-user': 'sub' } });

/** A closed shop of which every attempt is made: two closed namespaces, a door to the outside, a bank outside. */
export interface Fortress {
  readonly chart: Chart;
  readonly cart: MeshedService;
  readonly product: MeshedService;
  readonly payment: MeshedService;
  readonly ledger: MeshedService;
}

/**
 * What it allows, and nothing else: the cart reads products by a list of paths, posts payments, and refunds for clerks; payments go to the
 * ledger as bytes, which all of the auditors' namespace read, and to the bank; one path of products is for a tenant's header; Prometheus reads the metrics of
 * products; people reach the cart through the gateway, and clerks its desk.
 */
export function fortress(dataPlane: DataPlane): Fortress {
  const chart = newChart('fortress');
  new Mesh(chart, 'mesh', { mtls: MTls.STRICT });
  const [shop, payments] = ['shop', 'payments'].map((id) => new ZeroTrustNamespace(chart, id, { dataPlane }));
  const edge = new MeshNamespace(chart, 'edge', { dataPlane });
  const metrics = MeshPort.http(9090, { suffix: 'metrics' });
  const cart = service(shop, 'cart');
  const product = service(shop, 'product', { ports: [MeshPort.http(8080), metrics] });
  const payment = service(payments, 'payment');
  const ledger = service(payments, 'ledger', { ports: [MeshPort.tcp(5432)] });
  new MeshedWorker(shop, 'worker', { image: 'registry.example.com/worker:1.0.0' });

  cart.calls(product, { port: 8080, http: READING });
  product.access.denyAnyone({ http: [HttpAccess.anyMethod('/products/internal', '/products/internal/*')] });
  product.access.allow(ServiceIdentity.of('monitoring', 'prometheus'), { port: 9090, http: [HttpAccess.get('/metrics')] });
  cart.calls(payment, { http: [HttpAccess.post('/payments')] });
  cart.calls(payment, { http: [HttpAccess.post('/refunds/*')], user: { issuer: CLERKS, claims: { role: ['clerk'] } } });
  cart.calls(product, { port: 8080, http: [HttpAccess.get('/tenants')], conditions: [Condition.header('x-tenant', 'acme')] });
  payment.calls(ledger);
  ledger.access.allow(Callers.ofNamespace('audit'), { reason: 'auditors read the ledger' });
  payment.calls(new ExternalService(payments, 'bank', { host: 'api.bank.example.com', port: ExternalPort.https() }));
  const gateway = new IngressGateway(edge, 'gateway', { tlsSecret: 'shop-cert' });
  gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart' });
  const usersAtGateway = [{ issuer: CLERKS, claims: { role: ['clerk'] } }];
  gateway.expose(cart, { host: 'shop.example.com', pathPrefix: '/cart/desk', usersAtGateway, routeName: 'desk' });
  return { chart, cart, product, payment, ledger };
}

const READING = [
  HttpAccess.get('/products', '/products/*', '*.png', '/{*}/prices', '/stock/{**}/count'),
  HttpAccess.post('/products/{*}/reviews'),
];

/** What the manifests of the fortress say in each plane. */
export function forPlanes(): { readonly sidecar: Cluster; readonly ambient: Cluster } {
  const cluster = (dataPlane: DataPlane): Cluster => clusterOf(Testing.synth(fortress(dataPlane).chart) as object[]);
  return { sidecar: cluster(DataPlane.sidecar()), ambient: cluster(DataPlane.ambient()) };
}

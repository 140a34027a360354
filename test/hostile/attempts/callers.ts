import type { Caller, Request } from '../../../lib/verdict/requests/request';
import { type Attempt, CART, type Kind, type Line, PAYMENT, toPods, toService } from '../attempt';

/** A right request, to whatever is behind a door, that only the right caller may send. */
interface Door {
  readonly name: string;
  readonly granted: readonly string[];
  readonly ask: (from: Caller) => Request;
}

const READ: Line = { path: '/products/1' };
const PAY: Line = { method: 'POST', path: '/payments' };

const DOORS: readonly Door[] = [
  { name: 'reads products', granted: ['the cart'], ask: (from) => toService(from, 'shop/product', READ) },
  { name: 'reads products at a pod', granted: [], ask: (from) => toPods(from, 'shop/product', READ) },
  { name: 'reads their metrics', granted: ['Prometheus'], ask: (from) => toService(from, 'shop/product', { path: '/metrics' }, 9090) },
  { name: 'posts a payment', granted: ['the cart'], ask: (from) => toService(from, 'payments/payment', PAY) },
  { name: 'sends bytes to the ledger', granted: ['payments'], ask: (from) => toService(from, 'payments/ledger', {}, 5432) },
  { name: 'sends bytes to a pod of the ledger', granted: ['payments'], ask: (from) => toPods(from, 'payments/ledger', {}, 5432) },
];

const pod = (
  namespace: string,
  serviceAccount?: string,
  proxy?: 'sidecar' | 'ztunnel',
  labels?: Readonly<Record<string, string>>,
): Caller => ({
  pod: { namespace, serviceAccount, proxy, labels },
});
const identity = (namespace: string, serviceAccount: string, proxy: 'sidecar' | 'ztunnel' = 'ztunnel'): Caller => ({
  identity: { namespace, serviceAccount, proxy },
});

const ofDomain = (trustDomain: string): Caller => ({
  identity: { namespace: 'shop', serviceAccount: 'cart', proxy: 'ztunnel', trustDomain },
});

/** Callers that have a workload or an identity, and no grant for the door. */
const CALLERS: Readonly<Record<string, Caller>> = {
  'the cart': CART,
  payments: PAYMENT,
  'the worker next door, which nobody granted anything,': { workload: 'shop/worker-v1' },
  'the ledger': { workload: 'payments/ledger-v1' },
  'a stranger with a sidecar': pod('elsewhere', 'stranger', 'sidecar'),
  'a stranger in ambient': pod('elsewhere', 'stranger', 'ztunnel'),
  'a pod of the shop without an account of its own': identity('shop', 'default'),
  'an account of the shop whose name begins like the cart’s': identity('shop', 'cart-admin'),
  'an account of the shop whose name ends like the cart’s': identity('shop', 'shopping-cart'),
  'an account of the shop whose name is the first half of the cart’s': identity('shop', 'ca'),
  'the cart of another namespace': identity('staging', 'cart'),
  'the cart of a namespace whose name begins like the shop’s': identity('shop-staging', 'cart'),
  'the cart of a namespace whose name ends like the shop’s': identity('coffee-shop', 'cart'),
  'an account that is called as the shop, in a namespace that is called as the cart': identity('cart', 'shop'),
  'an account of the root namespace': identity('istio-system', 'cart'),
  'istiod’s own account': identity('istio-system', 'istiod', 'sidecar'),
  'ztunnel’s own account': identity('istio-system', 'ztunnel'),
  'the account of a waypoint of another namespace': identity('elsewhere', 'waypoint'),
  'an account of the gateway’s namespace': identity('edge', 'default', 'sidecar'),
  'the gateway itself': identity('edge', 'gateway-istio', 'sidecar'),
  'the cart of another trust domain': ofDomain('partner.example'),
  'the cart of a trust domain that begins like the mesh’s': ofDomain('cluster.local.evil.example'),
  'the cart of a trust domain that ends like the mesh’s': ofDomain('evil-cluster.local'),
  Prometheus: identity('monitoring', 'prometheus'),
  'another account of Prometheus’s namespace': identity('monitoring', 'grafana'),
};

/** Callers that have no identity to show. */
const NOBODIES: Readonly<Record<string, Caller>> = {
  'a pod of the shop without a proxy': pod('shop'),
  'a pod without a proxy that carries the labels of the cart': pod('shop', 'cart', undefined, { app: 'cart', version: 'v1' }),
  'a pod without a proxy under the cart’s own account': pod('shop', 'cart'),
  'a pod of kube-system': pod('kube-system'),
  'a pod of Prometheus’s namespace without a proxy': pod('monitoring', 'prometheus'),
  'a pod of the payments’ namespace without a proxy': pod('payments', 'payment'),
};

const attemptsOf = (callers: Readonly<Record<string, Caller>>): Attempt[] =>
  Object.entries(callers).flatMap(([who, from]) =>
    DOORS.filter(({ granted }) => !granted.includes(who)).map(({ name, ask }) => ({ what: `${who} ${name}`, request: ask(from) })),
  );

export const CALLERS_WITHOUT_A_GRANT: Kind = { title: 'Somebody whom nobody granted it', attempts: attemptsOf(CALLERS) };

export const PLAINTEXT: Kind = { title: 'Plaintext, under STRICT', attempts: attemptsOf(NOBODIES) };

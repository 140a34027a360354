import type { Caller } from '../../../lib/verdict/requests/request';
import { type Attempt, CART, type Kind, type Line, toPods, toService } from '../attempt';

const identity = (namespace: string, serviceAccount: string, trustDomain?: string): Caller => ({
  identity: { namespace, serviceAccount, proxy: 'ztunnel', ...(trustDomain === undefined ? {} : { trustDomain }) },
});

const AUDITOR = identity('audit', 'anne');

const ALMOST: Readonly<Record<string, Caller>> = {
  'an account of a namespace that begins like the auditors’': identity('audit-x', 'anne'),
  'an account of a namespace that ends like the auditors’': identity('my-audit', 'anne'),
  'an account of a namespace that is the first half of the auditors’': identity('audi', 'anne'),
  'an account that is called as the auditors’ namespace': identity('elsewhere', 'audit'),
  'an auditor of another trust domain': identity('audit', 'anne', 'partner.example'),
  'a pod of the auditors’ namespace without a proxy': { pod: { namespace: 'audit', serviceAccount: 'anne' } },
};

/** Whoever is almost one of a namespace that may, and one of it where it may not. */
export const MANY_CALLERS: Kind = {
  title: 'Somebody who is almost of a namespace that may',
  attempts: [
    ...Object.entries(ALMOST).map(([who, from]): Attempt => ({
      what: `${who} reads the ledger`,
      request: toService(from, 'payments/ledger', {}, 5432),
    })),
    { what: 'an auditor posts a payment', request: toService(AUDITOR, 'payments/payment', { method: 'POST', path: '/payments' }) },
    { what: 'an auditor dials a pod of the payments', request: toPods(AUDITOR, 'payments/payment', { path: '/payments' }) },
  ],
};

const tenant = (what: string, headers: Record<string, string>, line: Line = {}): Attempt => ({
  what: `the cart reads for a tenant ${what}`,
  request: toService(CART, 'shop/product', { path: '/tenants', headers, ...line }),
});

const ACME = { 'x-tenant': 'acme' };

/** A path that is for those alone who bring a header. */
export const TENANTS: Kind = {
  title: 'A header that is not quite there',
  attempts: [
    tenant('without the header', {}),
    tenant('with nothing in it', { 'x-tenant': '' }),
    tenant('in capitals', { 'x-tenant': 'ACME' }),
    tenant('that goes on', { 'x-tenant': 'acme-x' }),
    tenant('and for another one', { 'x-tenant': 'acme,globex' }),
    tenant('in a header that is called almost so', { 'x-tenants': 'acme' }),
    tenant('in a header with another dash', { x_tenant: 'acme' }),
    tenant('in the query', {}, { path: '/tenants?x-tenant=acme' }),
    tenant('below the path', ACME, { path: '/tenants/1' }),
    tenant('by another method', ACME, { method: 'POST' }),
    {
      what: 'the worker brings the header of a tenant',
      request: toService({ workload: 'shop/worker-v1' }, 'shop/product', { path: '/tenants', headers: ACME }),
    },
  ],
};

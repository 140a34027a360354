import { type Attempt, CART, type Kind, type Line, PAYMENT, toPods, toService } from '../attempt';
import { TOKEN } from '../fortress';
import type { Token } from '../../../lib/verdict/requests/request';

const REFUND: Line = { method: 'POST', path: '/refunds/1' };

const refund = (what: string, token: Partial<Token> | undefined, line: Line = {}): Attempt => ({
  what: `the cart refunds with ${what}`,
  request: toService(CART, 'payments/payment', { ...REFUND, ...line, token: token && { ...TOKEN, ...token } }),
});

const role = (value: unknown): Partial<Token> => ({ claims: { role: value } });

/** A caller that may bring users, and tokens that say something else than is asked for. */
export const TOKENS: Kind = {
  isParsed: true,
  title: 'Tokens that do not do',
  attempts: [
    refund('no token', undefined),
    refund('a token of another issuer', { issuer: 'https://elsewhere.example.com' }),
    refund('a token of an issuer that begins alike', { issuer: 'https://id.example.com.evil.example' }),
    refund('a token of an issuer with a slash behind it', { issuer: 'https://id.example.com/' }),
    refund('a token of an issuer in capitals', { issuer: 'https://ID.example.com' }),
    refund('a token of an issuer without TLS', { issuer: 'http://id.example.com' }),
    refund('a token for another audience', { audiences: ['desk'] }),
    refund('a token for an audience that begins alike', { audiences: ['payments-admin'] }),
    refund('a token for an audience in capitals', { audiences: ['Payments'] }),
    refund('a token for nobody', { audiences: [] }),
    refund('a token without a subject', { subject: undefined }),
    refund('a token of another role', role('guest')),
    refund('a token of a role that begins alike', role('clerks')),
    refund('a token of a role that ends alike', role('head-clerk')),
    refund('a token of a role in capitals', role('Clerk')),
    refund('a token of a role with a space behind it', role('clerk ')),
    refund('a token of other roles', role(['guest', 'admin'])),
    refund('a token of no role', role([])),
    refund('a token whose role is true', role(true)),
    refund('a token whose role stands one level down', role({ name: 'clerk' })),
    refund('a token without claims', { claims: {} }),
    refund('a token whose claim has another name', { claims: { roles: 'clerk' } }),
    refund('a right token, and a method that is not granted', {}, { method: 'DELETE' }),
    refund('a right token, and another path', {}, { path: '/admin' }),
    refund('a right token, and a path that goes up and out', {}, { path: '/refunds/../admin' }),
    refund('the claim in a header in the place of a token', undefined, { headers: { role: 'clerk' } }),
    refund('the header that the claim would be written to', undefined, { headers: { 'x-user': 'ann' } }),
    { what: 'payments themselves bring a right token', request: toService(PAYMENT, 'payments/payment', { ...REFUND, token: TOKEN }) },
    {
      what: 'the products bring a right token',
      request: toService({ workload: 'shop/product-v1' }, 'payments/payment', { ...REFUND, token: TOKEN }),
    },
    {
      what: 'a stranger brings a right token',
      request: toService({ identity: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'ztunnel' } }, 'payments/payment', {
        ...REFUND,
        token: TOKEN,
      }),
    },
    {
      what: 'a pod without a proxy brings a right token',
      request: toService({ pod: { namespace: 'shop' } }, 'payments/payment', { ...REFUND, token: TOKEN }),
    },
    {
      what: 'a stranger brings a right token to a pod',
      request: toPods({ identity: { namespace: 'elsewhere', serviceAccount: 'stranger', proxy: 'sidecar' } }, 'payments/payment', {
        ...REFUND,
        token: TOKEN,
      }),
    },
  ],
};

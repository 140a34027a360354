import { newSigner } from '../../envoy/tokens';
import { type Attempt, fromOutside, type Kind, type Line } from '../attempt';
import { claimsOf, SIGNER, TOKEN } from '../fortress';
import type { Token } from '../../../lib/verdict/requests/request';

const HOST = 'shop.example.com';
const DESK = '/cart/desk/1';
const GOOD = claimsOf(TOKEN);
const HOUR = 3600;

const at = (what: string, path: string, line: Line = {}, host = HOST): Attempt => ({
  what: `somebody outside opens the desk ${what}`,
  request: fromOutside(host, path, 443, line),
});
const showing = (what: string, token: Partial<Token>): Attempt => at(`with ${what}`, DESK, { token: { ...TOKEN, ...token } });
const bearing = (what: string, token: string): Attempt => at(`with ${what}`, DESK, { headers: { authorization: `Bearer ${token}` } });

/** A path that a gateway opens to users alone, beside others that it opens to everybody. */
export const USERS: Kind = {
  isParsed: true,
  title: 'Users at the gateway without a right token',
  attempts: [
    at('without a token', DESK),
    at('without a token, by another method', DESK, { method: 'POST' }),
    at('without a token, as a browser asks before it sends', DESK, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    }),
    at('without a token, and a host in capitals', DESK, {}, 'SHOP.example.com'),
    at('without a token, itself', '/cart/desk'),
    at('without a token, with a slash behind it', '/cart/desk/'),
    at('without a token, with a parameter', '/cart/desk;x'),
    at('without a token, with a query', '/cart/desk?as=clerk'),
    at('without a token, with two slashes', '/cart//desk/1'),
    at('without a token, with a dot', '/cart/./desk/1'),
    at('without a token, in and out', '/cart/open/../desk/1'),
    at('without a token, with encoded dots', '/cart/open/%2e%2e/desk/1'),
    at('without a token, with an encoded letter', '/cart/%64esk/1'),
    at('without a token, with an encoded slash behind it', '/cart/desk%2F1'),
    at('without a token, with an encoded slash before it', '/cart/%2Fdesk/1'),
    at('without a token, with a backslash', '/cart\\desk\\1'),
    at('without a token, with a parameter of the part above', '/cart/;x/desk/1'),
    at('with the claim in a header', DESK, { headers: { role: 'clerk', 'x-user': 'ann' } }),
    showing('a token of another issuer', { issuer: 'https://elsewhere.example.com' }),
    showing('a token for another audience', { audiences: ['desk'] }),
    showing('a token of another role', { claims: { role: 'guest' } }),
    showing('a token without a role', { claims: {} }),
    showing('a token without a subject', { subject: undefined }),
    bearing('a token that is old', SIGNER.sign({ ...GOOD, exp: Math.floor(Date.now() / 1000) - HOUR })),
    bearing('a token that somebody else signed', newSigner().sign(GOOD)),
    bearing('a token without a signature', `${SIGNER.sign(GOOD).split('.').slice(0, 2).join('.')}.`),
    at('with a token in a cookie', DESK, { headers: { cookie: `token=${SIGNER.sign(GOOD)}` } }),
    at('with a wrong token, at a path for everybody', '/cart', { token: { ...TOKEN, issuer: 'https://elsewhere.example.com' } }),
  ],
};

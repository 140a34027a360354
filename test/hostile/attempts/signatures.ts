import { createHmac } from 'node:crypto';
import { newSigner } from '../../envoy/tokens';
import { type Attempt, CART, type Kind, toService } from '../attempt';
import { claimsOf, SIGNER, TOKEN } from '../fortress';

const IMPOSTOR = newSigner();
const GOOD = claimsOf(TOKEN);
const SIGNED = SIGNER.sign(GOOD);
const HOUR = 3600;
const now = Math.floor(Date.now() / 1000);

const sent = (what: string, headers: Record<string, string>, query = ''): Attempt => ({
  what: `the cart refunds with ${what}`,
  request: toService(CART, 'payments/payment', { method: 'POST', path: `/refunds/1${query}`, headers }),
});
const bearing = (what: string, token: string): Attempt => sent(what, { authorization: `Bearer ${token}` });

const [, PAYLOAD, SIGNATURE] = SIGNED.split('.');
const head = (fields: object): string => Buffer.from(JSON.stringify(fields)).toString('base64url');
const payload = (fields: object): string => Buffer.from(JSON.stringify({ ...GOOD, ...fields })).toString('base64url');

/** Signs as somebody would who takes the public key for a shared secret. */
function confused(): string {
  const text = `${head({ alg: 'HS256', kid: 'one', typ: 'JWT' })}.${PAYLOAD}`;
  return `${text}.${createHmac('sha256', SIGNER.jwks).update(text).digest('base64url')}`;
}

/** Tokens that a proxy has to see through by their bytes. */
export const SIGNATURES: Kind = {
  title: 'Tokens that are old, forged or not where they belong',
  isParsed: true,
  attempts: [
    bearing('a token that is old', SIGNER.sign({ ...GOOD, exp: now - HOUR })),
    bearing('a token that is not valid yet', SIGNER.sign({ ...GOOD, nbf: now + HOUR, exp: now + 2 * HOUR })),
    bearing('a token that somebody else signed', IMPOSTOR.sign(GOOD)),
    bearing('a token without a signature', `${head({ alg: 'RS256', kid: 'one' })}.${PAYLOAD}.`),
    bearing('a token that says that it needs no signature', `${head({ alg: 'none' })}.${PAYLOAD}.`),
    bearing('a token that says so in capitals', `${head({ alg: 'NONE' })}.${PAYLOAD}.`),
    bearing('a token signed with the public key as a secret', confused()),
    bearing('a token of a key that nobody knows', `${head({ alg: 'RS256', kid: 'two' })}.${PAYLOAD}.${SIGNATURE}`),
    bearing('a token of another algorithm', `${head({ alg: 'ES256', kid: 'one' })}.${PAYLOAD}.${SIGNATURE}`),
    bearing('a token that brings its own key', `${head({ alg: 'RS256', jwk: JSON.parse(IMPOSTOR.jwks).keys[0] })}.${PAYLOAD}.${SIGNATURE}`),
    bearing('a token that names where its key is', `${head({ alg: 'RS256', jku: 'https://evil.example/jwks' })}.${PAYLOAD}.${SIGNATURE}`),
    bearing('a signed token whose role was changed', `${SIGNED.split('.')[0]}.${payload({ role: 'admin' })}.${SIGNATURE}`),
    bearing('a signed token whose end was put off', `${SIGNED.split('.')[0]}.${payload({ exp: now + 9999 * HOUR })}.${SIGNATURE}`),
    bearing('half a signature', SIGNED.slice(0, -100)),
    bearing('a payload alone', PAYLOAD),
    bearing('a word', 'clerk'),
    bearing('nothing', ''),
    bearing('five parts', `${SIGNED}.x.y`),
    sent('a token by a basic password', { authorization: `Basic ${SIGNED}` }),
    sent('a token in a header of its own', { 'x-token': SIGNED }),
    sent('a token for a proxy', { 'proxy-authorization': `Bearer ${SIGNED}` }),
    sent('a token in a cookie', { cookie: `token=${SIGNED}` }),
    sent('a token in a query nobody reads', {}, `?token=${SIGNED}`),
    sent('the payload in the header that a proxy would write', { 'x-user': 'ann', 'x-jwt-payload': PAYLOAD }),
  ],
};

import { JwtIssuer, type JwtIssuerProps } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const ISSUER = 'https://id.example.com';
const refuse = (code: string, props: Partial<JwtIssuerProps>, fix: string, got?: string): void =>
  expectRefusal(() => JwtIssuer.of({ issuer: ISSUER, audiences: ['shop'], ...props }), { code, path: 'JwtIssuer', fix, got });

describe('a JwtIssuer', () => {
  it.each(['', 'https://*.example.com', '*', 'id example'])('fails with the name %p, under which others might pass', (issuer) => {
    refuse('MESH800', { issuer }, 'https://id.example.com', issuer || 'an empty text');
  });

  it.each([
    'http://id.example.com/jwks',
    'ftp://id.example.com',
    'id.example.com/jwks',
    'http://svc.example.com/jwks',
    'https://me:secret@id.example.com/',
  ])('fails with keys at %s', (jwksUri) => refuse('MESH801', { jwksUri }, 'https://id.example.com/jwks', jwksUri));

  it.each(['http://keycloak.auth.svc.cluster.local/jwks', 'http://keycloak.auth.svc:8080/jwks', 'https://id.example.com/jwks'])(
    'takes keys at %s',
    (jwksUri) => {
      expect(JwtIssuer.of({ issuer: 'shop', audiences: ['shop'], jwksUri }).issuer).toBe('shop');
    },
  );

  it.each([
    ['no JSON', '{', 'no list of keys'],
    ['no list', '{"keys":{}}', 'no list of keys'],
    ['no key', '{"keys":[]}', 'no list of keys'],
    ['a text for a key', '{"keys":["a"]}', 'no list of keys'],
    ['a private key', '{"keys":[{"kty":"RSA","n":"a","e":"b","d":"c"}]}', 'a key with its secret part'],
    ['a shared key', '{"keys":[{"kty":"oct","k":"c"}]}', 'a key with its secret part'],
  ])('fails with %s as its keys', (_, jwks, got) => refuse('MESH802', { jwks }, 'keys', got));

  it('fails with keys from two places, and from none', () => {
    refuse('MESH803', { jwksUri: `${ISSUER}/jwks`, jwks: '{"keys":[{"kty":"RSA"}]}' }, 'drop one', 'jwksUri and jwks');
    refuse('MESH803', { issuer: 'accounts@example.com' }, 'give jwksUri', 'accounts@example.com');
  });

  it.each<[string, Partial<JwtIssuerProps>]>([
    ['neither', { audiences: undefined }],
    ['audiences: []', { audiences: [] }],
    ['audiences and anyAudience', { anyAudience: 'so' }],
    ['anyAudience without words', { audiences: undefined, anyAudience: ' ' }],
    ['sh*', { audiences: ['shop', 'sh*'] }],
    ['an empty text', { audiences: [''] }],
  ])('fails with %s for its audience', (got, props) => refuse('MESH804', props, 'audiences', got));

  it.each([
    ['a header without a name', { '': 'sub' }],
    ['Host', { Host: 'sub' }],
    ['x-envoy-original-path', { 'x-envoy-original-path': 'sub' }],
    ['x user', { 'x user': 'sub' }],
    ['x-user without a claim', { 'x-user': '' }],
    ['x-user twice', { 'x-user': 'sub', 'X-User': 'name' }],
  ])('fails with claims in %s', (got, claimHeaders) =>
    refuse('MESH808', { claimHeaders: claimHeaders as JwtIssuerProps['claimHeaders'] }, 'x-user', got),
  );
});

import { createSign, generateKeyPairSync } from 'node:crypto';

/** Somebody who signs tokens for tests, with keys of its own. */
export interface Signer {
  /** Its public keys, as a JwtIssuer takes them. */
  readonly jwks: string;
  sign(claims: Readonly<Record<string, unknown>>): string;
}

export function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  return {
    jwks: JSON.stringify({ keys: [key] }),
    sign: (claims) => {
      const text = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, claims].map((part) => encode(JSON.stringify(part))).join('.');
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
    },
  };
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');

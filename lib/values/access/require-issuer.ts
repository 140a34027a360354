import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import type { JwtIssuerProps } from './jwt-issuer-props';

function refuse(code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at: 'JwtIssuer', what, got, fix });
}

/** As it stands in tokens and in policies, where a star would be a pattern. */
export function requireIssuer(issuer: string): string {
  if (/^[^\s*]+$/.test(issuer)) return issuer;
  return refuse(
    'MESH800',
    'an issuer is named as tokens name it, in one word without *',
    issuer === '' ? 'an empty text' : issuer,
    'write what stands in the claim iss of its tokens, for example https://id.example.com',
  );
}

export function requireKeys({ issuer, jwksUri, jwks }: JwtIssuerProps): void {
  if (jwksUri !== undefined && jwks !== undefined) refuseKeys('jwksUri and jwks', 'drop one of them');
  if (jwksUri === undefined && jwks === undefined && !issuer.startsWith('https://')) {
    refuseKeys(`${issuer}, which is no https address`, 'give jwksUri, the address of its keys, or jwks, the keys');
  }
  if (jwksUri !== undefined) requireAddress(jwksUri);
  if (jwks !== undefined) requireKeySet(jwks);
}

function refuseKeys(got: string, fix: string): never {
  return refuse('MESH803', 'the keys of an issuer come from one place: its own address, where neither jwksUri nor jwks is said', got, fix);
}

// Whoever stands between could hand out keys of their own; inside the cluster that is said by name of the host.
function requireAddress(jwksUri: string): void {
  const url = URL.canParse(jwksUri) ? new URL(jwksUri) : undefined;
  const isInside = url?.protocol === 'http:' && /\.svc(\.|$)/.test(url.hostname);
  if (url && (url.protocol === 'https:' || isInside) && !url.username) return;
  refuse(
    'MESH801',
    'keys come from an https address, or from a Service of the cluster',
    jwksUri,
    'write for example https://id.example.com/jwks; of a Service its full name, http://keycloak.auth.svc.cluster.local/jwks',
  );
}

// d is in private keys alone, k in shared ones.
const SECRET_PARTS = ['d', 'k'];

function requireKeySet(jwks: string): void {
  const keys = keysIn(jwks);
  if (!keys || keys.length === 0) return refuseKeySet('no list of keys', 'write for example {"keys":[{"kty":"RSA","e":"AQAB","n":"…"}]}');
  const secret = keys.find((key) => SECRET_PARTS.some((part) => part in key));
  if (secret) refuseKeySet('a key with its secret part', 'give the public keys alone: whoever reads the manifest could sign tokens');
}

function refuseKeySet(got: string, fix: string): never {
  return refuse('MESH802', 'jwks is the JSON of a set of public keys', got, fix);
}

function keysIn(jwks: string): readonly object[] | undefined {
  try {
    const { keys } = JSON.parse(jwks) as { keys?: unknown };
    return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null) ? keys : undefined;
    // What is no JSON is told with the rest.
    // eslint-disable-next-line no-restricted-syntax
  } catch {
    return undefined;
  }
}

export function requireAudiences({ audiences, anyAudience }: JwtIssuerProps): void {
  if (audiences && anyAudience !== undefined) refuseAudiences('audiences and anyAudience');
  if (anyAudience !== undefined && anyAudience.trim() === '') refuseAudiences('anyAudience without words');
  if (anyAudience === undefined && !audiences?.length) refuseAudiences(audiences ? 'audiences: []' : 'neither');
  const wrong = audiences?.find((audience) => audience === '' || audience.includes('*'));
  if (wrong !== undefined) refuseAudiences(wrong === '' ? 'an empty text' : wrong);
}

function refuseAudiences(got: string): never {
  return refuse(
    'MESH804',
    'tokens are taken for audiences that are named in full, or for anybody with a reason',
    got,
    'list in audiences what its tokens for this application have in aud; or say in anyAudience why that does not matter',
  );
}

const READ_BY_PROXIES = ['authorization', 'cookie', 'host', 'connection', 'content-length', 'transfer-encoding', 'te', 'upgrade'];

export function requireClaimHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [header, claim] of Object.entries(headers)) {
    const isName = /^[A-Za-z0-9_-]+$/.test(header) && !READ_BY_PROXIES.includes(header.toLowerCase()) && !/^x-envoy-/i.test(header);
    if (!isName) refuseHeader(header === '' ? 'a header without a name' : header);
    if (claim.trim() === '') refuseHeader(`${header} without a claim`);
  }
  const names = Object.keys(headers).map((header) => header.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuseHeader(`${twice} twice`);
}

function refuseHeader(got: string): never {
  return refuse(
    'MESH808',
    'a claim goes into a header of its own, which proxies do not read themselves',
    got,
    "write for example { 'x-user': 'sub' }",
  );
}

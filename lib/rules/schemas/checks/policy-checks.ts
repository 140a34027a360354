import { type Fields, fieldsOf, isSaid, listOf, textOf, textsOf } from '../../../cluster/objects/fields';
import type { FieldPath } from '../../../model/declared';
import { isAddress } from '../../../support/addresses';
import { type Check, placed } from './complaint';
import { badTemplate } from './path-templates';
import { type PolicyPart, type PolicyValue, type PolicyWhen, sourcesAndOperations, valuesIn, whensIn } from './policy-parts';

// What Envoy's check of CUSTOM cannot be asked about.
const NAMED_CALLERS = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'].flatMap(withNot);
const NAMED_KEYS = /^(source\.(namespace|serviceAccount|trustDomain|principal)$|request\.auth\.)/;

const BLOCKS = ['ipBlocks', 'remoteIpBlocks'].flatMap(withNot);
const IN_BRACKETS = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];
const PLAIN_KEYS = [
  ...['source.ip', 'remote.ip', 'source.namespace', 'source.serviceAccount', 'source.principal', 'source.trustDomain'],
  ...['request.auth.principal', 'request.auth.audiences', 'request.auth.presenter', 'destination.ip', 'destination.port', 'connection.sni'],
];

const ADDRESS_OF_HTTP = /^https?:\/\/([^\s/?#]*@)?(\[[^\]\s]*\]|[^\s/?#:]*)(:\d*)?([/?#]|$)/;

export const AUTHORIZATION_POLICY_CHECKS: readonly Check[] = [
  {
    fails: ({ action, rules }) => action === 'DENY' && listOf(rules).length === 0,
    what: 'denies nothing, for DENY without rules matches no request',
    fix: 'write rules: [{}] to refuse every request, or the rules that are meant',
  },
  {
    fails: ({ action, rules }) => action === 'CUSTOM' && listOf(rules).length === 0,
    what: 'asks nobody, for CUSTOM without rules matches no request',
    fix: 'write rules: [{}] to ask about every request, or the rules that are meant',
  },
  {
    fails: ({ action, rules, provider }) => action === 'CUSTOM' && listOf(rules).length > 0 && !textOf(fieldsOf(provider).name),
    what: 'has action CUSTOM and does not say whom to ask',
    fix: 'write provider.name, one of the extensionProviders of the mesh',
  },
  {
    fails: ({ action, provider }) => action !== 'CUSTOM' && isSaid(provider),
    what: 'has a provider, which action CUSTOM alone asks',
    fix: 'write action: CUSTOM, or leave provider out',
  },
  {
    ...placed((spec) =>
      (spec.action === 'CUSTOM' ? [...valuesIn(spec, NAMED_CALLERS), ...whensIn(spec).filter(asksWho)] : []).map(fieldOf),
    ),
    what: 'asks for the identity of callers, which action CUSTOM cannot',
    fix: 'let DENY or ALLOW judge who calls, and CUSTOM what is asked for',
  },
  {
    ...placed((spec) => sourcesAndOperations(spec).filter(isBlank).map(fieldOf)),
    what: 'has an item of from or to that says nothing',
    fix: 'write from: [{ source: … }] and to: [{ operation: … }] with a field in each, or leave the item out',
  },
  {
    ...placed((spec) => valuesIn(spec).filter(isEmptyText).map(fieldOf)),
    what: 'has an empty value in a rule',
    fix: 'remove the value; "*" means any that is there',
  },
  {
    ...placed((spec) => [...valuesIn(spec, BLOCKS), ...valuesOfKeys(spec, /\.ip$/)].filter(isNoBlock).map(fieldOf)),
    what: 'has an address that is neither one nor a block of them',
    fix: 'write for example 10.0.0.1 or 10.0.0.0/8',
  },
  {
    ...placed((spec) => [...valuesIn(spec, withNot('ports')), ...valuesOfKeys(spec, /^destination\.port$/)].filter(isNoPort).map(fieldOf)),
    what: 'has a port that is no number',
    fix: 'write the number of the port of the pods, such as "8080": names are not taken',
  },
  {
    ...placed((spec) =>
      valuesIn(spec, withNot('paths'))
        .filter(({ value }) => badTemplate(value))
        .map(fieldOf),
    ),
    what: 'has a path with braces that are no template',
    fix: 'write {*} for one part between slashes and {**} for the rest, which comes last, such as /items/{*}/parts',
  },
  {
    ...placed((spec) =>
      whensIn(spec)
        .filter(({ values, notValues }) => values.length + notValues.length === 0)
        .map(fieldOf),
    ),
    what: 'has a condition without values',
    fix: 'write values or notValues; ["*"] means any that is there',
  },
  {
    ...placed((spec) => whensIn(spec).filter(isUnknown).map(fieldOf)),
    what: 'has a condition on a key that Istio does not know',
    fix: `write one of ${PLAIN_KEYS.join(', ')}, or request.headers[name], request.auth.claims[name]`,
  },
];

export const PEER_AUTHENTICATION_CHECKS: readonly Check[] = [
  {
    fails: ({ selector, portLevelMtls }) =>
      Object.keys(fieldsOf(portLevelMtls)).length > 0 && Object.keys(fieldsOf(fieldsOf(selector).matchLabels)).length === 0,
    where: () => ['spec', 'portLevelMtls'],
    what: 'has ports of their own for a whole namespace, which only pods that a selector picks can have',
    fix: 'write selector.matchLabels, or leave portLevelMtls out',
  },
];

export const REQUEST_AUTHENTICATION_CHECKS: readonly Check[] = [
  {
    ...placed(({ jwtRules }) => placesOf(jwtRules, ({ issuer, jwksUri }) => !textOf(issuer) && !textOf(jwksUri))),
    what: 'has a token rule with neither issuer nor jwksUri',
    fix: 'write the issuer, as it stands in the claim iss',
  },
  {
    ...placed(({ jwtRules }) =>
      placesOf(jwtRules, ({ jwksUri }) => Boolean(textOf(jwksUri)) && !ADDRESS_OF_HTTP.test(String(jwksUri)), 'jwksUri'),
    ),
    what: 'has a jwksUri that is no address of HTTP',
    fix: 'write the whole address, such as https://issuer.example.com/.well-known/jwks.json',
  },
  {
    ...placed(({ jwtRules }) => placesOf(jwtRules, ({ audiences }) => textsOf(audiences).includes(''), 'audiences')),
    what: 'has an empty audience',
    fix: 'remove it; without audiences every token of the issuer is taken',
  },
];

function withNot(name: string): string[] {
  return [name, `not${name[0].toUpperCase()}${name.slice(1)}`];
}

function fieldOf({ field }: { readonly field: FieldPath }): FieldPath {
  return field;
}

function placesOf(items: unknown, fails: (item: Fields) => boolean, key?: string): FieldPath[] {
  return listOf(items).flatMap((item, index) => (fails(item) ? [['jwtRules', index, ...(key === undefined ? [] : [key])]] : []));
}

function asksWho({ key }: PolicyWhen): boolean {
  return NAMED_KEYS.test(key);
}

function isBlank({ fields }: PolicyPart): boolean {
  return !Object.values(fields).some((value) => Array.isArray(value) && value.length > 0);
}

function isEmptyText({ value }: PolicyValue): boolean {
  return value === '';
}

function isNoBlock({ value }: PolicyValue): boolean {
  if (value === '') return false;
  const [address, bits, ...rest] = value.split('/');
  const most = address.includes(':') ? 128 : 32;
  return !isAddress(address) || rest.length > 0 || (bits !== undefined && (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > most));
}

function isNoPort({ value }: PolicyValue): boolean {
  return value !== '' && (!/^\d+$/.test(value) || Number(value) >= 2 ** 16);
}

function valuesOfKeys(spec: Fields, keys: RegExp): PolicyValue[] {
  const asked = whensIn(spec).filter(({ key }) => keys.test(key));
  return asked.flatMap(({ values, notValues, field }) => [...values, ...notValues].map((value) => ({ value, field })));
}

function isUnknown({ key }: PolicyWhen): boolean {
  if (PLAIN_KEYS.includes(key)) return false;
  return key !== '' && !(IN_BRACKETS.some((start) => key.startsWith(start)) && /^[^[]+\[.+\]$/.test(key));
}

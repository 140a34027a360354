import { fieldsOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { type Demand, within } from '../demands/demand';

const SOURCE = 'spec.rules[].from[].source';
const WHEN = 'spec.rules[].when[]';
const [MOST_ACCOUNTS, MOST_LETTERS] = [16, 320];
const BESIDE = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'];

/** What is asked of the sources of an AuthorizationPolicy, beside its checks. */
export const SOURCE_DEMANDS: readonly Demand[] = [
  {
    at: SOURCE,
    refuses: (source) => saysAccounts(source) && BESIDE.some((key) => isFull(fieldsOf(source)[key])),
    what: 'has serviceAccounts beside namespaces or principals',
    fix: 'keep one of them; an account may be written as namespace/account',
  },
  {
    at: within([SOURCE], 'serviceAccounts', 'notServiceAccounts'),
    refuses: (accounts) => textsOf(accounts).length > MOST_ACCOUNTS || textsOf(accounts).some(isNoAccount),
    what: `has what is no ServiceAccount, or more than ${MOST_ACCOUNTS}`,
    fix: 'write account, or namespace/account, without a star',
  },
  {
    at: within([SOURCE], 'trustDomains[]', 'notTrustDomains[]'),
    refuses: (domain) => typeof domain === 'string' && (isNoPattern(domain) || domain.includes('/')),
    what: 'is no trust domain',
    fix: 'write its name, with a star at one end at most',
  },
  { at: WHEN, refuses: (when) => !textOf(fieldsOf(when).key), what: 'has no key', fix: 'write what to ask, such as source.ip' },
  {
    at: WHEN,
    refuses: (when) => isOf(when, 'source.serviceAccount') && (valuesOf(when).some(isNoAccount) || hasTooMany(when)),
    what: 'has what is no ServiceAccount',
    fix: 'write account, or namespace/account, without a star',
  },
  {
    at: WHEN,
    refuses: (when) => isOf(when, 'source.trustDomain') && valuesOf(when).some(isNoPattern),
    what: 'has what is no trust domain',
    fix: 'write its name, with a star at one end at most',
  },
  { at: WHEN, refuses: (when) => valuesOf(when).includes(''), what: 'has an empty value', fix: 'remove it; "*" means any that is there' },
];

function saysAccounts(source: unknown): boolean {
  return isFull(fieldsOf(source).serviceAccounts) || isFull(fieldsOf(source).notServiceAccounts);
}

function isFull(list: unknown): boolean {
  return textsOf(list).length > 0;
}

function isOf(when: unknown, key: string): boolean {
  return fieldsOf(when).key === key;
}

function valuesOf(when: unknown): string[] {
  return [...textsOf(fieldsOf(when).values), ...textsOf(fieldsOf(when).notValues)];
}

function hasTooMany(when: unknown): boolean {
  return [fieldsOf(when).values, fieldsOf(when).notValues].some((values) => textsOf(values).length > MOST_ACCOUNTS);
}

function isNoAccount(text: string): boolean {
  return text.includes('*') || text.length > MOST_LETTERS || !/^[^/]+(\/[^/]+)?$/.test(text);
}

/** One star, at one end. */
function isNoPattern(text: string): boolean {
  return text === '' || text.slice(1, -1).includes('*') || (text.length > 1 && text.startsWith('*') && text.endsWith('*'));
}

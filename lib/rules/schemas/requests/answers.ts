import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf } from '../../../cluster/objects/fields';
import type { Demand } from '../demands/demand';
import { isNoPort } from '../values/amounts';
import { isNoStatus, STATUS } from './faults';

const REDIRECT = 'spec.http[].redirect';
const REWRITE = 'spec.http[].rewrite';

/** What is asked of redirects, of answers of the proxy's own, and of rewrites. */
export const ANSWER_DEMANDS: readonly Demand[] = [
  {
    at: REDIRECT,
    refuses: (redirect) => leadsNowhere(fieldsOf(redirect)),
    what: 'does not say where to',
    fix: 'write uri, authority, scheme or port',
  },
  {
    at: REDIRECT,
    refuses: (redirect) => Boolean(textOf(fieldsOf(redirect).uri) && textOf(fieldsOf(redirect).prefixRewrite)),
    what: 'has both uri and prefixRewrite',
    fix: 'keep one of them',
  },
  {
    at: `${REDIRECT}.prefixRewrite`,
    refuses: (prefix, { around }) =>
      Boolean(prefix) && listOf(around[1].match).some(({ uri }) => isSaid(uri) && !isSaid(fieldsOf(uri).prefix)),
    what: 'replaces a prefix that some match of the route does not ask for',
    fix: 'write match.uri.prefix, or redirect.uri',
  },
  {
    at: `${REDIRECT}.redirectCode`,
    refuses: (code) => typeof code === 'number' && code !== 0 && (code < 300 || code > 399),
    what: 'is no status of a redirect',
    fix: 'write 301, 302, 303, 307 or 308',
  },
  {
    at: `${REDIRECT}.scheme`,
    refuses: (scheme) => typeof scheme === 'string' && !['', 'http', 'https'].includes(scheme),
    what: 'is no scheme',
    fix: 'write http or https',
  },
  {
    at: `${REDIRECT}.port`,
    refuses: (port) => (numberOf(port) ?? 0) > 0 && isNoPort(port),
    what: 'is no port',
    fix: 'write a number from 1 to 65535',
  },
  { at: 'spec.http[].directResponse', refuses: (answer) => isNoStatus(numberOf(fieldsOf(answer).status) ?? 0), ...STATUS },
  ...rewriteDemands(),
];

function rewriteDemands(): Demand[] {
  return [
    {
      at: REWRITE,
      refuses: (rewrite) =>
        !textOf(fieldsOf(rewrite).uri) && !isSaid(fieldsOf(rewrite).uriRegexRewrite) && !textOf(fieldsOf(rewrite).authority),
      what: 'says nothing',
      fix: 'write uri, uriRegexRewrite or authority',
    },
    {
      at: REWRITE,
      refuses: (rewrite) => Boolean(textOf(fieldsOf(rewrite).uri)) && isSaid(fieldsOf(rewrite).uriRegexRewrite),
      what: 'has both uri and uriRegexRewrite',
      fix: 'keep one of them',
    },
    {
      at: `${REWRITE}.uriRegexRewrite`,
      refuses: (rewrite) => !textOf(fieldsOf(rewrite).match) || !textOf(fieldsOf(rewrite).rewrite),
      what: 'needs both match and rewrite',
      fix: 'write both',
    },
  ];
}

function leadsNowhere({ uri, prefixRewrite, authority, scheme, port, derivePort }: Fields): boolean {
  return ![uri, prefixRewrite, authority, scheme].some((text) => textOf(text)) && !isSaid(port) && !isSaid(derivePort);
}

import { type Fields, fieldsOf, textOf, textsOf, valueAt } from '../../../cluster/objects/fields';
import { isAuthority, isFixedHeader, isHeaderValue } from '../values/header-words';
import { type Demand, within } from '../demands/demand';

const PLACES = ['spec.http[].headers', 'spec.http[].route[].headers'];
const [SET, ADD] = ['set', 'add'];
const FIXED = { what: 'changes a header that the proxy goes by', fix: 'leave it as it is; rewrite.authority changes the host' };

/** What is asked of the headers that a route changes. */
export const HEADER_DEMANDS: readonly Demand[] = [
  {
    at: within(PLACES, `request.${SET}`, `request.${ADD}`),
    refuses: (headers) => Object.keys(fieldsOf(headers)).some((name) => isFixedHeader(name) && !isAuthority(name)),
    ...FIXED,
  },
  {
    at: within(PLACES, `response.${SET}`, `response.${ADD}`),
    refuses: (headers) => Object.keys(fieldsOf(headers)).some(isFixedHeader),
    ...FIXED,
  },
  { at: within(PLACES, 'request.remove', 'response.remove'), refuses: (names) => textsOf(names).some(isFixedHeader), ...FIXED },
  {
    at: within(PLACES, 'request', 'response').flatMap((place) => [`${place}.${SET}{}`, `${place}.${ADD}{}`]),
    refuses: (value) => typeof value === 'string' && !isHeaderValue(value),
    what: 'is no value that Envoy can read',
    fix: 'write %% for a percent sign; what is between two is one of its variables, such as %REQ(x-user)%',
  },
  {
    at: 'spec.http[]',
    refuses: (route) => authoritiesIn(fieldsOf(route)).length > 1,
    what: 'rewrites the authority twice',
    fix: 'keep rewrite.authority, or the header host',
  },
];

function authoritiesIn(route: Fields): string[] {
  const rewritten = textOf(valueAt(route, 'rewrite', 'authority')) ?? '';
  const headers = [SET, ADD].flatMap((verb) => Object.entries(fieldsOf(valueAt(route, 'headers', 'request', verb))));
  const said = headers.filter(([name]) => isAuthority(name)).map(([, value]) => textOf(value) ?? '');
  return [rewritten, ...said].filter((authority) => authority !== '');
}

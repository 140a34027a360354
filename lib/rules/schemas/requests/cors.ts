import { fieldsOf } from '../../../cluster/objects/fields';
import type { Demand } from '../demands/demand';
import { isSharedHeader } from '../values/header-words';

const CORS = 'spec.http[].corsPolicy';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

/** What is asked of a route's words to browsers; its age is with the other times. */
export const CORS_DEMANDS: readonly Demand[] = [
  {
    at: `${CORS}.allowOrigins[]`,
    refuses: (origin) => ['exact', 'prefix', 'regex'].every((key) => !fieldsOf(origin)[key]),
    what: 'names no origin',
    fix: 'write exact, prefix or regex, such as exact: https://shop.example.com',
  },
  {
    at: `${CORS}.allowMethods[]`,
    refuses: (method) => typeof method === 'string' && !METHODS.includes(method),
    what: 'is no method',
    fix: `write one of ${METHODS.join(', ')}`,
  },
  {
    at: [`${CORS}.allowHeaders[]`, `${CORS}.exposeHeaders[]`],
    refuses: (name) => typeof name === 'string' && !isSharedHeader(name),
    what: 'is no name of a header',
    fix: 'write the name of a header, or "*"',
  },
];

import type { IConstruct } from 'constructs';
import type { HeaderTest, RouteMatch } from '../../../model/route';
import { MeshError } from '../../../support/mesh-error';

/**
 * Matches of a rule for pages of other sites, with the questions that browsers ask beforehand: by OPTIONS, with the method in a header, without the headers
 * and cookies of the request to come.
 */
export function withPreflights(at: IConstruct, matches: readonly RouteMatch[]): RouteMatch[] {
  matches.forEach((match) => requireAsked(at, match));
  return matches.flatMap((match) => [match, ...preflightsOf(match)]);
}

const PREFLIGHT = 'OPTIONS';
const ASKED_METHOD = 'access-control-request-method';

// What every browser says in the question itself.
const ASKED = ['origin', 'user-agent', ASKED_METHOD, 'access-control-request-headers'];

function preflightsOf(match: RouteMatch): RouteMatch[] {
  const { method, headers } = match;
  if (method === undefined || method === PREFLIGHT) return [];
  const asked: HeaderTest = { name: ASKED_METHOD, type: 'Exact', value: method };
  return [{ ...match, method: PREFLIGHT, headers: [...headers.filter(({ name }) => name !== ASKED_METHOD), asked] }];
}

function requireAsked(at: IConstruct, { headers, cookies = [] }: RouteMatch): void {
  const unasked = headers.map(({ name }) => name).filter((name) => !ASKED.includes(name));
  const [first] = [...unasked.map((name) => `header ${name}`), ...cookies.map(({ name }) => `cookie ${name}`)];
  if (first === undefined) return;
  throw new MeshError({
    code: 'MESH716',
    at,
    what: 'a browser asks beforehand whether a page may send a request, without the headers and cookies of that request: the rule would never answer',
    got: `cors of a rule for requests with the ${first}`,
    fix: 'say cors of the whole service, or of a rule by path, query or method',
  });
}

import type { Labels } from '../cluster/objects/fields';
import type { AuthorizationRule, Clause } from '../cluster/policies/authorization-policies';
import type { HttpPart } from '../model/http-part';
import { pathMatches } from '../verdict/decision/text-match';

const METHODS = ['GET', 'POST', 'DELETE'];

/** One request line to try; without words it is bytes. */
export interface Line {
  readonly method?: string;
  readonly path?: string;
  /** Names in lower case. */
  readonly headers?: Labels;
}

/** A path that nobody names. */
export const ELSEWHERE = '/elsewhere';

/** A path that a pattern covers. */
export function pathLike(pattern: string): string {
  return pattern.replace(/\{\*\*?\}|\*/g, '1').replace(/^([^/])/, '/$1');
}

/** A line for each path of what a program says. */
export function linesOf({ methods, paths }: HttpPart): Line[] {
  const [method = 'GET'] = methods;
  return (paths.length > 0 ? paths.map(pathLike) : [ELSEWHERE]).map((path) => ({ method, path }));
}

/** The same for a rule of a policy: whatever it asks of a request that a caller can choose. */
export function linesOfRule({ to, when }: AuthorizationRule): Line[] {
  const headers = headersIn(when);
  return (to.length > 0 ? to : [{}]).flatMap(linesOfOperation).map((line) => ({ ...line, ...headers }));
}

function linesOfOperation({ methods = [], paths = [], notMethods = [], notPaths = [] }: Clause): Line[] {
  const chosen = methods.find((method) => method !== '*') ?? METHODS.find((method) => !notMethods.includes(method));
  const lines = linesOf({ methods: chosen ? [chosen] : [], paths });
  return notPaths.length === 0 ? lines : lines.map((line) => ({ ...line, path: paths.length > 0 ? line.path : pathBeside(notPaths) }));
}

function pathBeside(patterns: readonly string[]): string {
  return [ELSEWHERE, '/another', '/'].find((path) => !patterns.some((one) => pathMatches(one, path))) ?? ELSEWHERE;
}

function headersIn(when: AuthorizationRule['when']): Pick<Line, 'headers'> {
  const said = when.flatMap(({ key, values: [value] }) => {
    const [, name] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
    return name && value !== undefined ? [[name.toLowerCase(), value.replaceAll('*', 'x') || 'x'] as const] : [];
  });
  return said.length > 0 ? { headers: Object.fromEntries(said) } : {};
}

import type { Clause } from '../cluster/policies/authorization-policies';
import type { HttpPart } from '../model/http-part';

/** One request line to try; without words it is bytes. */
export interface Line {
  readonly method?: string;
  readonly path?: string;
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

/** The same for an operation of a policy. */
export function linesOfOperation({ methods = [], paths = [] }: Clause): Line[] {
  return linesOf({ methods: methods.filter((method) => method !== '*'), paths });
}

import type { HeaderTest, RouteMatch } from '../route';
import { cookiePattern } from '../../support/patterns/cookie-pattern';

/** What a match asks of headers; all its cookies are one of them. */
export function headerTests({ headers, cookies = [] }: RouteMatch): readonly HeaderTest[] {
  if (cookies.length === 0) return headers;
  return [...headers, { name: 'cookie', type: 'RegularExpression', value: cookiePattern(cookies) }];
}

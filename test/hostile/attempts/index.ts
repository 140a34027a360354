import type { Kind } from '../attempt';
import { CALLERS_WITHOUT_A_GRANT, PLAINTEXT } from './callers';
import { HEADERS, OUTSIDE } from './headers';
import { DOORS, METHODS, PATHS, REFUSED_PATHS } from './lines';
import { MANY_CALLERS, TENANTS } from './many-callers';
import { SIGNATURES } from './signatures';
import { TOKENS } from './tokens';
import { USERS } from './users';
import { WAYS_OUT } from './ways-out';

/** Every attempt, by kind. */
export const KINDS: readonly Kind[] = [
  CALLERS_WITHOUT_A_GRANT,
  PLAINTEXT,
  METHODS,
  PATHS,
  REFUSED_PATHS,
  MANY_CALLERS,
  TENANTS,
  DOORS,
  HEADERS,
  TOKENS,
  SIGNATURES,
  OUTSIDE,
  USERS,
  WAYS_OUT,
];

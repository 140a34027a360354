import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';

/** A text by which a route tells requests, no longer than the API server takes it. */
export function requireLength(at: IConstruct | string, what: string, text: string, most: number): string {
  if (text.length <= most) return text;
  throw new MeshError({
    code: 'MESH070',
    at,
    what: `${what} by which requests are told apart has at most ${most} characters`,
    got: `${text.slice(0, 40)}… (${text.length} characters)`,
    fix: 'match by something shorter',
  });
}

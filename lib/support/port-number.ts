import type { IConstruct } from 'constructs';
import { MeshError } from './mesh-error';

/** The number of a port; `what` names the option, and `at` the construct or the value that takes it. */
export function requirePort(at: IConstruct | string, what: string, port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new MeshError({
    code: 'MESH002',
    at,
    what: `a ${what} is a whole number from 1 to 65535`,
    got: port,
    fix: 'give the number of the port',
  });
}

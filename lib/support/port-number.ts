import { MeshError } from './mesh-error';

export function requirePort(what: string, port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new MeshError({
    code: 'MESH002',
    at: 'MeshPort',
    what: `a ${what} is a whole number from 1 to 65535`,
    got: port,
    fix: 'give the number of the port',
  });
}

import type { IConstruct } from 'constructs';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

export function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

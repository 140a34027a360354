import type { IConstruct } from 'constructs';
import { isDeferred } from '../../support/deferred';
import { celFault } from '../../support/expressions/cel-syntax';
import { MeshError } from '../../support/mesh-error';

/** An expression of CEL: Istio's webhook refuses a filter that is none, and a proxy leaves out a tag. */
export function requireExpression(at: IConstruct, word: string, text: string): void {
  const fault = isDeferred(text) ? undefined : celFault(text);
  if (fault === undefined) return;
  throw new MeshError({
    code: 'MESH912',
    at,
    what: `${word} is an expression of CEL`,
    got: `${text}, which cannot be read from here on: ${fault}`,
    fix: "write one, such as response.code >= 500: with == and &&, brackets that close, and texts in quotes, 'a'",
  });
}

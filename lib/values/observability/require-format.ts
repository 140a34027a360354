import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';

// As Envoy reads it: %COMMAND%, %COMMAND(arguments)%, each perhaps with a length, and %% for the sign itself.
const WHOLE = /%%|%[A-Z0-9_]+(?:\(.*?\))?(?::\d+)?%/gs;

/** A text with commands of Envoy: one that is not whole is refused by the proxy, and its listeners with it. */
export function requireFormat(at: IConstruct | string, text: string): string {
  const rest = text.replace(WHOLE, (command) => ' '.repeat(command.length));
  const index = rest.indexOf('%');
  if (index < 0) return text;
  throw new MeshError({
    code: 'MESH911',
    at,
    what: 'a format has its commands between percent signs, in capitals: %RESPONSE_CODE%, %REQ(X-USER):20%',
    got: text.slice(index, index + 40),
    fix: 'write the command whole, or %% for the sign itself',
  });
}

import { MeshError } from '../support/mesh-error';

/** Method and path of `POST /payments/1`, `/payments/1` or `POST`; nothing of nothing. */
export function requestLine(text: string): { readonly method?: string; readonly path?: string } {
  const parts = /^\s*([A-Z]+)?\s*(\/\S*)?\s*$/.exec(text);
  if (parts) return { method: parts[1], path: parts[2] };
  throw new MeshError({
    code: 'MESH899',
    at: 'istio-constructs/testing',
    what: 'a request is a method, a path that begins with a slash, or both',
    got: text,
    fix: "write for example 'POST /payments/1'",
  });
}

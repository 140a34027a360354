import type { HttpFilter } from './envoy-filter';

/** Envoy's buffer: it holds a request back until it has the whole body, and refuses a longer one. */
export function renderSizeLimit(name: string, maxBytes: number): HttpFilter {
  return {
    name: `request-size-limit.${name}`,
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer',
      max_request_bytes: maxBytes,
    },
  };
}

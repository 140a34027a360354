import { renderSizeLimit } from '../../../lib/render/limits/size-limit';

describe('Envoy’s buffer', () => {
  it('takes bodies up to a number of bytes', () => {
    expect(renderSizeLimit('a', 5)).toEqual({
      name: 'request-size-limit.a',
      typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer', max_request_bytes: 5 },
    });
  });
});

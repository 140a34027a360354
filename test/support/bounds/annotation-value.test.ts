import { requireProxyAnnotations } from '../../../lib/support/bounds/annotation-value';
import { expectRefusal } from '../refusal';

const act = (key: string, value: string) => () => requireProxyAnnotations('here', 'annotations', { [key]: value });

describe('annotations of a proxy', () => {
  it.each([
    ['sidecar.istio.io/logLevel', 'debug'],
    ['sidecar.istio.io/userVolume', '{"certs":{"secret":{"secretName":"certs"}}}'],
    ['proxy.istio.io/config', 'proxyMetadata:\n  A: b\n'],
    ['example.com/template', '{{ name }}'],
    ['owner', ''],
  ])('take %s: %p', (key, value) => {
    expect(act(key, value)).not.toThrow();
  });

  it.each([
    ['sidecar.istio.io/logLevel', '{{ .Values.x }}', "'{{', a mark of templates"],
    ['proxy.istio.io/config', 'a: {{b}}', "'{{', a mark of templates"],
    ['sidecar.istio.io/proxyImage', 'a\nhostNetwork: true', 'the control character U+000A'],
    ['example.com/note', 'a\u0000b', 'the control character U+0000'],
    ['example.com/note', '\u007f', 'the control character U+007F'],
  ])('fail with %s: %p', (key, value, odd) => {
    expectRefusal(act(key, value), { code: 'MESH830', path: 'here', got: `${key} with ${odd}`, fix: 'leave that out' });
  });

  it('fail with a key that the API server refuses', () => {
    expectRefusal(act('log level', 'debug'), {
      code: 'MESH820',
      path: 'here',
      got: "key of annotations 'log level'",
      fix: 'example.com/role',
    });
  });
});

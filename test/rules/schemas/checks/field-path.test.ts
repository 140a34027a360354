import { fieldPathOf } from '../../../../lib/rules/schemas/checks/field-path';

const manifest = { metadata: { labels: { 'app.kubernetes.io/name': 1 } }, spec: { http: [{ route: [{ wait: 1 }] }] } };

describe('the keys of a fault', () => {
  it.each([
    ['spec.http[0].route[0]', 'needs the field destination', ['spec', 'http', 0, 'route', 0]],
    ['spec.http[0].route[0]', 'has no field wait', ['spec', 'http', 0, 'route', 0, 'wait']],
    ['metadata.labels.app.kubernetes.io/name', 'has to be a text', ['metadata', 'labels', 'app.kubernetes.io/name']],
    ['', 'has no field spek', ['spek']],
  ])('are those of %s, which %s', (field, what, path) => {
    expect(fieldPathOf(manifest, field, what)).toEqual(path);
  });

  it('end where the manifest does', () => {
    expect(fieldPathOf(manifest, 'spec.tls[0]', '')).toEqual(['spec']);
  });
});

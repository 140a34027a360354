import { unmatchedPath } from '../../../lib/rules/named/unmatched-path';
import { findings, made, raw } from '../model-builder';

const policy = (paths: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ to: [{ operation: { ${paths} } }] }] }
`;

describe(unmatchedPath.title, () => {
  it.each(['/items', '/items/*', '*.html', '*', '/items/{*}/parts', '${PREFIX}/a'])('takes %s', (path) => {
    expect(findings(unmatchedPath, { objects: raw(policy(`paths: ["${path}"]`)) })).toEqual([]);
  });

  it.each([
    ['items', 'write /items'],
    ['items/*', 'write /items/*'],
    ['/items/*/parts', 'write {*} for one part between slashes, such as /items/{*}/parts, or a prefix with a star at its end'],
    ['*/items/*', 'write {*} for one part between slashes, such as /{*}/items/{*}, or a prefix with a star at its end'],
    ['/items/**', 'write {*} for one part between slashes, such as /items/{*}, or a prefix with a star at its end'],
  ])('tells of %s', (path, fix) => {
    expect(findings(unmatchedPath, { objects: raw(policy(`notPaths: [/a, "${path}"]`)) })).toMatchObject([
      { got: path, fix, field: ['spec', 'rules', 0, 'to', 0, 'operation', 'notPaths', 1] },
    ]);
  });

  it('leaves what constructs write alone', () => {
    expect(findings(unmatchedPath, { objects: made(policy('paths: [items]')) })).toEqual([]);
  });
});

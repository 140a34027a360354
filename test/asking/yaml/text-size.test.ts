import { Verdicts } from 'istio-constructs';
import { tooLong } from '../../../lib/asking/yaml/text-size';

const MOST = 64 * 1024 * 1024;

describe('a text', () => {
  it('is read up to 64 MiB, and refused at once beyond', () => {
    expect(tooLong({ name: 'mesh.yaml', text: '#'.repeat(MOST) })).toBeUndefined();
    expect(tooLong({ name: 'mesh.yaml', text: '#'.repeat(MOST + 1) })).toMatchObject({ code: 'MESH902', path: 'mesh.yaml:1:1' });
  });

  it('that is too long leaves the others to be judged', () => {
    const route =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec: {hosts: [a.com]}\n';
    const { findings } = Verdicts.lint({ name: 'long.yaml', text: '#'.repeat(MOST + 1) }, { name: 'route.yaml', text: route });
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['MESH902 long.yaml:1:1', 'MESH125 route.yaml:1:1']);
  });
});

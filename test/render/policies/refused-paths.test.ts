import { refusedPaths } from '../../../lib/render/policies/refused-paths';

const under = (normalization: Parameters<typeof refusedPaths>[1], ...paths: string[]) => refusedPaths(paths, normalization);

describe('the paths of a refusal', () => {
  it('are the path, all below it, and what begins with a part that is none', () => {
    expect(under('DECODE_AND_MERGE_SLASHES', '/admin')).toEqual(['/;*', '/admin', '/admin%3B*', '/admin%3b*', '/admin/*', '/admin;*']);
    expect(under('MERGE_SLASHES', '/admin')).toEqual(
      expect.arrayContaining(['/%2F*', '/%5c*', '/admin%2F*', '/admin%2f*', '/admin%5C*', '/admin%5c*']),
    );
    expect(under('BASE', '/admin')).toEqual(expect.arrayContaining(['//*', '/admin', '/admin/*']));
    expect(under('MERGE_SLASHES', '/admin')).not.toContain('//*');
  });

  it('have such parts at every place of a longer path', () => {
    expect(under('NONE', '/a/b')).toEqual(expect.arrayContaining(['//*', '/a//*', '/;*', '/a/;*', '/%2F*', '/a%2F*', '/a/%2F*']));
    expect(under('BASE', '/a/b')).not.toContain('/a;*');
  });

  it('are what is below alone where the path ends so, and what begins so where it ends in a star', () => {
    expect(under('DECODE_AND_MERGE_SLASHES', '/admin/*')).toEqual(['/;*', '/admin%3B*', '/admin%3b*', '/admin/*', '/admin/;*', '/admin;*']);
    expect(under('DECODE_AND_MERGE_SLASHES', '/adm*')).toEqual(['/;*', '/adm*']);
  });

  it('take a slash at the end for none', () => {
    expect(under('BASE', '/admin/')).toEqual(under('BASE', '/admin'));
    expect(under('BASE', '*.key')).toEqual(['*.key', '*.key/']);
  });

  it('are everything where everything is meant, and the first page alone where that is', () => {
    expect(under('BASE', '*')).toEqual(['*']);
    expect(under('DECODE_AND_MERGE_SLASHES', '/')).toEqual(['/', '/;*']);
    expect(under('DECODE_AND_MERGE_SLASHES', '/*')).toEqual(['/*', '/;*']);
  });
});

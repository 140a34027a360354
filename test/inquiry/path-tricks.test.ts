import { pathTricks } from '../../lib/inquiry/path-tricks';

const pathsFor = (path: string) => pathTricks(path).map((trick) => trick.path);

describe('other ways of writing a path', () => {
  it('are what a client may send in its place', () => {
    expect(pathsFor('/admin')).toEqual(['/ADMIN', '/%61dmin', '/x/../admin', '//admin', '/x%2F..%2Fadmin', '/x/%2e%2e;/admin']);
  });

  it('have parameters in a part before the last where there is one', () => {
    expect(pathsFor('/a/b')).toContain('/a;x/b');
    expect(pathsFor('/a/b/*')).toContain('/a;x/b/1');
  });

  it('leave what is written as %XX in its letters, and a path without letters its case', () => {
    expect(pathsFor('/caf%C3%A9')).toContain('/CAF%C3%A9');
    expect(pathTricks('/1').map(({ name }) => name)).not.toContain('letters of another case');
  });

  it('go on behind an end that is all that a path is known by', () => {
    expect(pathsFor('*.key')).toContain('/1.key;x');
  });
});

import { badTemplate } from '../../../../lib/rules/schemas/checks/path-templates';

describe('templates of paths', () => {
  it.each(['/a', '/a*', '/{*}', '/a/{*}/b/{**}', '/{**}/b', '*/a'])('takes %s', (path) => {
    expect(badTemplate(path)).toBe(false);
  });

  it.each(['/a/{id}', '/a{*}', '/{**}/{*}', '/{**}/{**}', '/{*}/a*', '/{*}//a'])('refuses %s', (path) => {
    expect(badTemplate(path)).toBe(true);
  });
});

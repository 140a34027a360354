import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { read } from './sources';

/** What `npm pack` puts into a package, by the folder that it is packed from. */
function packed(folder: string): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', ...(folder === '.' ? [] : ['--workspace', folder])];
  const [{ files }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  return (files as { path: string }[]).map((file) => file.path);
}

describe.each(['.', 'lib/pulumi', 'lib/cli'])('the package of %s', (folder) => {
  const files = packed(folder);
  const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('node_modules/'));

  it('has a README, whose links and those of all its pages lead somewhere in it', () => {
    const links = pages.flatMap((page) => linksOf(page, read(path.join(folder, page))));

    expect(pages).toContain('README.md');
    expect(links.filter(({ to }) => !files.includes(to)).map(({ said }) => said)).toEqual([]);
    expect(links.filter(({ to, anchor }) => anchor && !anchorsOf(path.join(folder, to)).includes(anchor)).map(({ said }) => said)).toEqual(
      [],
    );
  });
});

it('has the page of every code', () => {
  expect(packed('.')).toEqual(expect.arrayContaining(['docs/errors.md', 'docs/rules/MESH101.md']));
});

interface Link {
  readonly to: string;
  readonly anchor?: string;
  readonly said: string;
}

function linksOf(page: string, text: string): Link[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target).filter((target) => !/^\w+:/.test(target));
  return targets.map((target) => {
    const [file, anchor] = target.split('#');
    return { to: file === '' ? page : path.posix.join(path.posix.dirname(page), file), anchor, said: `${page}: ${target}` };
  });
}

/** As GitHub and npm make them of headings. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

import { spawnSync } from 'node:child_process';
import { folderWith, onTerminal, SHOP } from './run';

const FILES = { 'k8s/shop.yaml': SHOP, 'k8s/deep/other.yaml': '', 'kept/a.yaml': '' };
const cli = folderWith(FILES);

/** What a shell is told to offer for a line that has come so far. */
const offered = (line: string): string[] =>
  cli(`complete -- ${line}`)
    .out.split('\n')
    .map((one) => one.split('\t')[0])
    .filter((one) => one !== '' && !one.startsWith(':'));

describe('completion in a shell', () => {
  it('knows commands, options, formats, and files where an input is named', () => {
    expect(offered('l')).toEqual(['lint']);
    expect(offered('lint --f')).toContain('--format');
    expect(offered('lint --format s')).toEqual(['sarif']);
    expect(offered('lint k')).toEqual(['k8s/', 'kept/']);
    expect(offered('explain -f k8s/')).toEqual(['k8s/deep/', 'k8s/shop.yaml']);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('is written for %s', (shell) => {
    const { code, out } = cli(`complete ${shell}`);
    expect(code).toBe(0);
    expect(out).toMatch(/istio-constructs complete|RequestComp = .*complete/);
  });

  it('is a script that bash takes', () => {
    expect(spawnSync('bash', ['-n'], { input: cli('complete bash').out, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a terminal', () => {
  it('is told what is being done, and nothing of it stays beside the answer', () => {
    const shown = onTerminal(FILES, 'lint k8s');
    expect(shown).toContain('reading');
    expect(shown).toContain('looking at 1 file');
    expect(shown).toMatch(/nothing found\s*$/);
  });

  it('that is none hears nothing', () => {
    expect(cli('lint k8s')).toEqual({ code: 0, out: 'nothing found\n', err: '' });
  });
});

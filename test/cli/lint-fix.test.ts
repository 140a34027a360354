import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { writeMended } from '../../lib/cli/lint/mending';
import { folderWith, SHOP } from './run';

const POLICY = `# who may ask
apiVersion: security.istio.io/v1 # written by hand
kind: AuthorizationPolicy
metadata:
    name: "till" # four blanks
    namespace: shop
spec:
    # misspelt
    rulez:   # with blanks
    - to:
      - operation: { 'methods': [ 'get', "POST" ] } # kept
    - from: [{source: {namespaces: [shpo]}}]
`;
const MENDED = POLICY.replace('rulez', 'rules').replace("'get'", "'GET'").replace('shpo', 'shop');

describe('istio-constructs lint --fix', () => {
  it('mends what nobody has to judge, leaves every other letter, and tells what is left', () => {
    const cli = folderWith({
      'shop.yaml': SHOP,
      'till.yaml': POLICY,
      'windows.yaml': POLICY.replace('till', 'box').replaceAll('\n', '\r\n'),
    });
    expect(cli('lint .').code).toBe(1);
    const first = cli('lint . --fix');
    expect(first.err).toContain('note: till.yaml: 3 mended\nnote: windows.yaml: 3 mended\n');
    expect(cli.text('till.yaml')).toBe(MENDED);
    expect(cli.text('windows.yaml')).toBe(MENDED.replace('till', 'box').replaceAll('\n', '\r\n'));
    expect(cli.text('shop.yaml')).toBe(SHOP);
    expect(first.out).toBe(cli('lint .').out);
    const again = cli('lint . --fix');
    expect(again.err).toContain('note: nothing of it can be mended');
    expect(cli.text('till.yaml')).toBe(MENDED);
  });

  it('shows the change alone with --dry-run, as git takes it', () => {
    const cli = folderWith({ 'k8s/till.yaml': POLICY, 'k8s/shop.yaml': SHOP });
    const { code, out, err } = cli('lint k8s --fix --dry-run');
    expect(code).toBe(1);
    expect(err).toBe('note: k8s/till.yaml: 3 would be mended\n');
    expect(cli.text('k8s/till.yaml')).toBe(POLICY);
    expect(out).toMatch(/^--- a\/k8s\/till.yaml\n\+\+\+ b\/k8s\/till.yaml\n@@ /);
    expect(out.match(/^[-+] .*$/gm)).toEqual([
      '-    rulez:   # with blanks',
      '+    rules:   # with blanks',
      `-      - operation: { 'methods': [ 'get', "POST" ] } # kept`,
      `-    - from: [{source: {namespaces: [shpo]}}]`,
      `+      - operation: { 'methods': [ 'GET', "POST" ] } # kept`,
      `+    - from: [{source: {namespaces: [shop]}}]`,
    ]);
    expect(spawnSync('git', ['apply', '-'], { cwd: cli.folder, input: out }).status).toBe(0);
    expect(cli.text('k8s/till.yaml')).toBe(MENDED);
    expect(cli('lint - --fix --dry-run', `${SHOP}---\n${POLICY.replace('till', 'box')}`).out).toContain('+++ b/stdin\n');
  });

  it('leaves alone what is passed over, and writes a baseline of what is left', () => {
    const known = POLICY.replace('till', 'known');
    const ignored = POLICY.replace('till', 'ignored').replace('# misspelt', '# istio-constructs-ignore MESH119: the controller reads it');
    const cli = folderWith({ 'shop.yaml': SHOP, 'known.yaml': known });
    cli('lint . --write-baseline known.json');
    writeFileSync(path.join(cli.folder, 'ignored.yaml'), ignored);
    cli('lint . --fix --baseline known.json');
    expect(cli.text('known.yaml')).toBe(known);
    expect(cli.text('ignored.yaml')).toBe(ignored);
    cli('lint . --fix --severity MESH119=off');
    expect(cli.text('known.yaml')).toBe(known);
    expect(cli('lint . --fix --write-baseline left.json')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^left.json: \d+ known\n$/),
    });
    expect(cli.text('known.yaml')).toBe(MENDED.replace('till', 'known'));
    expect(cli.text('left.json')).toContain('"version": 1');
  });

  it('writes nothing while something cannot be read, or would be lost', () => {
    const cli = folderWith({ 'till.yaml': POLICY, 'broken.yaml': 'apiVersion: v1\nkind: [\n' });
    const { code, err } = cli('lint . --fix');
    expect(code).toBe(2);
    expect(err).toContain('note: nothing is mended while there is something that cannot be read\n');
    expect(cli.text('till.yaml')).toBe(POLICY);
    writeFileSync(
      path.join(cli.folder, 'broken.yaml'),
      Buffer.from(POLICY.replace('till', 'k\u00e4se').replace('# old', '# \u00e4lt'), 'latin1'),
    );
    expect(cli('lint . --fix')).toEqual({
      code: 2,
      out: '',
      err: 'error: broken.yaml is not in UTF-8\n',
    });
    expect(cli.text('till.yaml')).toBe(POLICY);
  });

  it('keeps the mark with which a file begins, and writes nothing over what has changed meanwhile', () => {
    const cli = folderWith({ 'marked.yaml': `\uFEFF${POLICY}`, 'shop.yaml': SHOP });
    expect(cli('lint . --fix').err).toContain('marked.yaml: 3 mended');
    expect(cli.text('marked.yaml')).toBe(`\uFEFF${MENDED}`);
    const [name, other] = ['marked.yaml', 'shop.yaml'].map((file) => path.join(cli.folder, file));
    const read = [
      { name: other, text: SHOP },
      { name, text: POLICY },
    ];
    const mended = { files: read.map((file) => ({ ...file, text: `${file.text}# more` })), counts: new Map() };
    expect(() => writeMended(read, mended)).toThrow(`${name} has changed since it was read: nothing is mended`);
    expect(cli.text('shop.yaml')).toBe(SHOP);
  });

  it.each([
    ['lint - --fix', 'error: --fix mends files: what is piped in it shows with --dry-run alone\n'],
    ['lint . --dry-run', 'error: --dry-run goes with --fix\n'],
    ['lint . --fix --dry-run --write-baseline a.json', "error: option '--dry-run' cannot be used with option '--write-baseline <file>'\n"],
  ])('refuses %s', (args, err) => {
    expect(folderWith({ 'till.yaml': POLICY })(args, POLICY)).toEqual({ code: 2, out: '', err });
  });

  it('tells editors the cure of each finding', () => {
    const cli = folderWith({ 'till.yaml': POLICY });
    const { findings } = JSON.parse(cli('lint . --format json').out) as { findings: { code: string; cure?: object[] }[] };
    const offset = POLICY.indexOf('rulez');
    expect(findings.find(({ code }) => code === 'MESH119')!.cure).toEqual([
      { file: 'till.yaml', line: 9, column: 5, offset, was: 'rulez', text: 'rules' },
    ]);
    const [{ results }] = JSON.parse(cli('lint . --format sarif').out).runs;
    expect(results.find((result: { ruleId: string }) => result.ruleId === 'MESH119').fixes).toEqual([
      {
        description: { text: expect.stringMatching(/^fix: did you mean rules\?/) },
        artifactChanges: [
          {
            artifactLocation: { uri: 'till.yaml' },
            replacements: [{ deletedRegion: { charOffset: offset, charLength: 5 }, insertedContent: { text: 'rules' } }],
          },
        ],
      },
    ]);
  });
});

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith, SHOP } from './run';

const WRONG = SHOP.replace('  rules: [', '  rulez: [');
const cli = folderWith({
  'good/shop.yaml': SHOP,
  'wrong/a/shop.yml': WRONG,
  'wrong/package.json': '{"name": "no manifest"}',
  'empty/values.yaml': 'a: 1\n',
});

describe('istio-constructs lint', () => {
  it('finds nothing where all is well', () => {
    expect(cli('lint good')).toEqual({ code: 0, out: 'nothing found\n', err: '' });
  });

  it.each(['lint wrong', 'lint wrong/a/shop.yml', 'lint wrong/**/*.yml'])('says file, line and column of what is wrong: %s', (args) => {
    const { code, out } = cli(args);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^wrong\/a\/shop.yml:29:3: error MESH119: AuthorizationPolicy shop\/product: spec has no field rulez\n {2}got: .*\n {2}fix: did you mean rules\?/,
    );
    expect(out).toMatch(/\n {2}page: .*MESH119.md\n1 error\n$/);
  });

  it('tells what it finds in the order of files and lines, however bad it is', () => {
    const weights = (name: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name} }\nspec: { hosts: [a.example.com], http: [{ route: [{ weight: 5, destination: { host: b.example.com } }] }] }\n`;
    const port = 'apiVersion: v1\nkind: Service\nmetadata: { name: c }\nspec: { ports: [{ port: "80" }] }\n';
    const folder = folderWith({ 'a.yaml': weights('a'), 'b.yaml': `${port}---\n${weights('b').replace('a.example', 'c.example')}` });
    const { findings } = JSON.parse(folder('lint . --format json').out) as { findings: { code: string; file: string; level: string }[] };
    expect(findings.map(({ code, file }) => `${file} ${code}`)).toEqual(['a.yaml MESH291', 'b.yaml MESH358', 'b.yaml MESH291']);
  });

  it('reads what is piped in', () => {
    expect(cli('lint -', WRONG)).toMatchObject({ code: 1, out: expect.stringMatching(/^stdin:29:3: error MESH119: /) });
    expect(cli('lint -', SHOP.replaceAll('\n', '\r\n'))).toMatchObject({ code: 0, out: 'nothing found\n' });
  });

  it('writes SARIF, JUnit, JSON, Markdown and annotations', () => {
    const asked = (format: string) => cli(`lint wrong --format ${format}`).out;
    const [{ tool, results }] = JSON.parse(asked('sarif')).runs;
    expect(tool.driver.rules).toEqual([{ id: 'MESH119', helpUri: expect.stringMatching(/docs\/rules\/MESH119.md$/) }]);
    expect(results).toHaveLength(1);
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'wrong/a/shop.yml' },
      region: { startLine: 29, startColumn: 3 },
    });
    expect(asked('junit')).toContain(
      '<testcase classname="lint" name="wrong/a/shop.yml">\n      <failure message="AuthorizationPolicy shop/product: spec has no field rulez">',
    );
    expect(JSON.parse(asked('json')).findings).toMatchObject([{ code: 'MESH119', file: 'wrong/a/shop.yml', line: 29, column: 3 }]);
    expect(asked('markdown')).toContain(
      '| error | MESH119 | wrong/a/shop.yml:29:3 | AuthorizationPolicy shop/product: spec has no field rulez<br>',
    );
    expect(asked('github')).toMatch(/^::error file=wrong\/a\/shop.yml,line=29,col=3,title=MESH119::/);
  });

  it('takes what has a kind, but for what it is told to pass over, and all objects without a namespace as of the one that is said', () => {
    const folder = folderWith({
      'k8s/shop.yaml': SHOP,
      'k8s/old/shop.yaml': SHOP,
      'k8s/chart/Chart.yaml': 'apiVersion: v2\nname: shop\n',
      'bare.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: till }\nspec: { ports: [{ port: 80 }] }\n',
    });
    expect(folder('lint k8s --exclude old')).toEqual({ code: 0, out: 'nothing found\n', err: '' });
    expect(folder('lint . --exclude ./k8s/old/ --exclude chart')).toMatchObject({ code: 0 });
    expect(folder('lint k8s --exclude **/old/*.yaml')).toMatchObject({ code: 0 });
    const asked = (options: string) => folder(`explain --from shop/cart --to till -f bare.yaml -f k8s/shop.yaml ${options}`).out;
    expect(asked('')).toContain('default/till');
    expect(asked('-n shop')).toContain('shop/till');
  });

  it('says its version', () => {
    expect(cli('--version')).toMatchObject({ code: 0, out: '0.1.0\n' });
  });

  it.each<[string, string, RegExp]>([
    ['a folder without manifests', 'lint empty', /^error: no manifests in empty\n$/],
    ['a format that is none', 'lint good --format xml', /^error: option '--format <format>' argument 'xml' is invalid/],
  ])('ends with 2 for %s', (_, args, said) => {
    const { code, err } = cli(args);
    expect(code).toBe(2);
    expect(err).toMatch(said);
  });
});

describe('files', () => {
  const folder = folderWith({ 'k8s/shop.yaml': SHOP, 'plain/a.txt': 'a' });
  const at = (name: string): string => path.join(folder.folder, name);

  beforeAll(() => {
    mkdirSync(at('links'));
    symlinkSync(at('k8s/shop.yaml'), at('links/a.yaml'));
    symlinkSync(at('k8s/shop.yaml'), at('links/b.yaml'));
    symlinkSync('..', at('links/up'));
    writeFileSync(at('latin1.yaml'), Buffer.from(SHOP.replace('cart', 'caf\u00e9'), 'latin1'));
    writeFileSync(at('utf16.yaml'), Buffer.from(`\ufeff${SHOP}`, 'utf16le'));
    writeFileSync(at('bom.yaml'), `\ufeff${SHOP}`);
  });

  it('are read once, whatever links lead to them', () => {
    expect(folder('lint links k8s k8s/shop.yaml --exclude *.yaml')).toMatchObject({ code: 0 });
    expect(folder('lint links/a.yaml links/b.yaml k8s')).toEqual({ code: 0, out: 'nothing found\n', err: '' });
    expect(folder('lint bom.yaml')).toMatchObject({ code: 0 });
  });

  it.each<[string, string]>([
    ['latin1.yaml', 'error: latin1.yaml is not in UTF-8\n'],
    ['utf16.yaml', 'error: utf16.yaml is not in UTF-8\n'],
    ['k8s --write-baseline plain', 'error: plain: illegal operation on a directory\n'],
    ['k8s --write-baseline no/folder.json', 'error: no/folder.json: no such file or directory\n'],
    ['k8s -n Shop', "error: option '-n, --namespace <name>' argument 'Shop' is invalid. write for example shop\n"],
  ])('that cannot be taken are told in a line: lint %s', (args, err) => {
    expect(folder(`lint ${args}`)).toEqual({ code: 2, out: '', err });
  });
});

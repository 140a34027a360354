import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folderWith, SHOP } from './run';

const [BEFORE, WRONG] = SHOP.replace('  rules: [', '  rulez: [').split(/(?=---\napiVersion: security)/);
const FOUND = 'error MESH119: AuthorizationPolicy shop/product: spec has no field rulez';

/** The shop with one mistake, and a comment before the object, or behind its first line. */
const shop = (comment: string, behind = ''): string =>
  BEFORE + WRONG.replace('---\napiVersion: security.istio.io/v1', `---\n${comment}apiVersion: security.istio.io/v1${behind}`);

describe('a comment that passes a finding over', () => {
  it.each<[string, string]>([
    ['before the object', shop('# istio-constructs-ignore MESH119: goes with the next release\n')],
    ['before the object, and comments between', shop('# istio-constructs-ignore MESH101, MESH119: goes\n# of the shop\n\n')],
    ['behind its first line', shop('', ' # istio-constructs-ignore MESH119: goes')],
    ['in a text of Windows', shop('# istio-constructs-ignore MESH119: goes\n').replaceAll('\n', '\r\n')],
  ])('stands %s', (_, text) => {
    expect(folderWith({ 'shop.yaml': text })('lint .')).toEqual({
      code: 0,
      out: 'nothing found\n',
      err: 'note: 1 passed over by comments\n',
    });
  });

  it.each<[string, string]>([
    ['says no reason', shop('# istio-constructs-ignore MESH119\n')],
    ['says an empty reason', shop('# istio-constructs-ignore MESH119:  \n')],
    ['says no code', shop('# istio-constructs-ignore\n')],
  ])('does not where it %s, which is told', (_, text) => {
    const { code, out } = folderWith({ 'shop.yaml': text })('lint .');
    expect(code).toBe(1);
    expect(out).toContain(FOUND);
    expect(out).toMatch(/shop.yaml:24:1: warning ignore-without-reason: .*\n {2}fix: write # istio-constructs-ignore MESH\d{3}: and why\n/);
  });

  it('is told where it is about nothing, for other codes and other objects', () => {
    const other = folderWith({
      'shop.yaml': `# istio-constructs-ignore MESH119: elsewhere\n${shop('# istio-constructs-ignore MESH101: other\n')}`,
    })('lint .');
    expect(other.out).toContain(FOUND);
    expect(other.out).toContain('shop.yaml:1:1: info unused-ignore: nothing of MESH119 is found here');
    expect(other.out).toContain('shop.yaml:25:1: info unused-ignore: nothing of MESH101 is found here');
  });

  it('is in JSON and SARIF with its reason', () => {
    const cli = folderWith({ 'shop.yaml': shop('# istio-constructs-ignore MESH119: goes\n') });
    const { findings, passedOver } = JSON.parse(cli('lint . --format json').out);
    expect(findings).toEqual([]);
    expect(passedOver).toMatchObject([{ code: 'MESH119', passedOver: { by: 'ignore', reason: 'goes' } }]);
    const [{ results }] = JSON.parse(cli('lint . --format sarif').out).runs;
    expect(results[0].suppressions).toEqual([{ kind: 'inSource', justification: 'goes' }]);
  });
});

describe('a baseline', () => {
  it('has what was found, passes it over wherever it moves, and says what is mended', () => {
    const cli = folderWith({ 'shop.yaml': shop('') });
    const { folder } = cli;
    const write = (text: string) => writeFileSync(path.join(folder, 'shop.yaml'), text);
    expect(cli('lint shop.yaml --write-baseline known.json')).toMatchObject({ code: 0, out: 'known.json: 1 known\n' });
    const check = () => cli('lint shop.yaml --baseline known.json');
    expect(check()).toMatchObject({ code: 0, out: 'nothing found\n', err: 'note: 1 passed over as known from the baseline\n' });

    write(`# moved\n\n${shop('')}`);
    expect(check().code).toBe(0);
    write(shop('').replace('rulez', 'ruled'));
    expect(check()).toMatchObject({ code: 1, err: 'note: 1 of the baseline is found no more: write it anew with --write-baseline\n' });
    write(SHOP);
    expect(check()).toMatchObject({ code: 0, err: expect.stringContaining('found no more') });
    expect(readFileSync(path.join(folder, 'known.json'), 'utf8')).toContain('MESH119');
  });

  it('counts: a second finding like one that is known is new', () => {
    const cli = folderWith({ 'shop.yaml': shop('') });
    cli('lint shop.yaml --write-baseline known.json');
    const [{ fingerprint }] = JSON.parse(readFileSync(path.join(cli.folder, 'known.json'), 'utf8')).findings;
    const [{ results }] = JSON.parse(cli('lint shop.yaml --baseline known.json --format sarif').out).runs;
    expect(results[0]).toMatchObject({
      partialFingerprints: { 'istioConstructs/v1': fingerprint },
      suppressions: [{ kind: 'external', justification: 'in known.json' }],
    });
  });

  it.each<[string, string]>([
    ['is not there', 'lint shop.yaml --baseline none.json'],
    ['is none', 'lint shop.yaml --baseline shop.yaml'],
    ['is cut off', 'lint shop.yaml --baseline cut.json'],
  ])('ends with 2 where it %s', (_, args) => {
    expect(folderWith({ 'shop.yaml': SHOP, 'cut.json': '{"version": 1, "fin' })(args)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: .*; write it with --write-baseline .*\.(json|yaml)\n$/),
    });
  });
});

describe('severities', () => {
  const cli = folderWith({ 'shop.yaml': shop('') });

  it.each<[string, number, string]>([
    ['--severity MESH119=info', 0, 'info MESH119'],
    ['--severity MESH119=warning', 1, 'warning MESH119'],
    ['--severity MESH119=warning --fail-on error', 0, 'warning MESH119'],
    ['--severity MESH119=info --fail-on info', 1, 'info MESH119'],
    ['--severity MESH119=off', 0, 'nothing found'],
    ['--severity MESH119=loud', 2, ''],
    ['--fail-on never', 2, ''],
  ])('are what is said: %s', (options, code, said) => {
    expect(cli(`lint . ${options}`)).toMatchObject({ code, out: expect.stringContaining(said) });
  });

  it.each<[string, string]>([
    ['MESH1190', 'no rule has the code MESH1190: did you mean MESH119?'],
    ['mesh119', 'no rule has the code mesh119: did you mean MESH119?'],
    ['MESH3O1', 'no rule has the code MESH3O1: did you mean MESH301?'],
    ['MESH999', 'no rule has the code MESH999: docs/rules has a page for each'],
  ])('are of codes that a rule has, and %s is refused', (code, said) => {
    const { code: ended, out, err } = cli(`lint . --severity ${code}=off`);
    expect({ ended, out }).toEqual({ ended: 2, out: '' });
    expect(err).toContain(said);
  });

  it('are told at the end where some are switched off', () => {
    expect(cli('lint . --severity MESH119=off').err).toMatch(/\d+ switched off by --severity: MESH119\n$/);
    expect(cli('lint . --severity MESH301=off').err).not.toContain('switched off');
  });
});

describe('lint beside what cannot be read', () => {
  it('tells both, and ends with 2', () => {
    const cli = folderWith({
      'shop.yaml': shop(''),
      'tab.yaml': 'apiVersion: v1\nkind: a\na:\n\t- b\n',
      'chart/t.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
      'twice.yaml': shop('').split('---\n')[0],
    });
    const { code, out, err } = cli('lint .');
    expect(code).toBe(2);
    expect(err).toBe('');
    expect(out).toMatch(/^chart\/t.yaml:4:9: error MESH891: /m);
    expect(out).toMatch(/^tab.yaml:4:1: error MESH890: /m);
    expect(out).toMatch(/^twice.yaml:1:1: error MESH894: /m);
    expect(out).toContain(FOUND);
  });

  it('passes nothing over that cannot be read, whoever asks for it, and writes no baseline', () => {
    const cli = folderWith({ 'tab.yaml': '# istio-constructs-ignore MESH890: known\napiVersion: v1\nkind: a\na:\n\t- b\n' });
    for (const args of ['', ' --severity MESH890=off', ' --write-baseline known.json']) {
      expect(cli(`lint .${args}`)).toMatchObject({ code: 2, out: expect.stringMatching(/^tab.yaml:5:1: error MESH890: /) });
    }
    expect(() => cli.text('known.json')).toThrow('ENOENT');
  });
});

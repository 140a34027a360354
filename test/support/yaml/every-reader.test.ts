import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { DataPlane, GlobalRateLimit, MeshNamespace, MeshPort, RateLimitService, RateLimitUnit } from 'istio-constructs';
import { parse, parseAllDocuments } from 'yaml';
import { forEveryReader, isMisread } from '../../../lib/support/yaml/every-reader';
import { service } from '../../builders';

const written = (...documents: unknown[]): string => forEveryReader(Yaml.stringify, documents);

// Each is no text to somebody, unless it is quoted.
const WORDS =
  '0o17 0O17 -0o7 0B11 0X1F 0x1f 7E_9 3e_62 2e+4_ 1_000 -_1 +_4 0_o17 1e3 1E3 +1e5 .5 5. 08 0777 12:34 12:34:56 190:20:30.15 y Y n N yes on Off true null ~ .inf -.INF .nan = << 2001-12-14 2024-1-2';

/** What Go's reader of YAML, which kubectl has, takes a plain scalar for; after `resolve` of goyaml. */
function isTextInGo(plain: string): boolean {
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE|~|null|Null|NULL|<<)$/.test(plain))
    return false;
  if (/^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/.test(plain)) return false;
  if (/^\./.test(plain)) return !/^\.\d+([eE][-+]?\d+)?$/.test(plain);
  if (!/^[-+\d]/.test(plain)) return true;
  const bare = plain.replaceAll('_', '');
  const isInt = /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/.test(bare);
  return !isInt && !/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(bare);
}

function isTextToAll(text: string): boolean {
  const yaml = written({ text, [text]: 'key' });
  const expected = { text, [text]: 'key' };
  expect([parse(yaml, { version: '1.1' }), parse(yaml, { version: '1.2' })]).toEqual([expected, expected]);
  const scalar = yaml.slice('text: '.length).split('\n')[0];
  return /^["'|>]/.test(scalar) || isTextInGo(scalar);
}

describe('YAML for every reader', () => {
  it.each(WORDS.split(' '))('has %s as a text, as a value and as a key', (text) => {
    expect(isTextToAll(text)).toBe(true);
    expect(written([text])).toMatch(/^- ["']/);
  });

  it('has any text as the text that it is', () => {
    const alike = fc.stringMatching(/^[0-9_eExXoObB+.:=<-]{1,8}$/);
    const any = fc.oneof({ weight: 3, arbitrary: alike }, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(any, (text) => {
        // Half of a character cannot be written in any file.
        fc.pre(!/\p{Surrogate}/u.test(text) && text !== 'text' && text !== '__proto__');
        expect(isTextToAll(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves all else as cdk8s writes it', () => {
    const document = {
      a: [1, true, null, '4s', '100m', 'v1', '1.2.3', '10.0.0.1/32', 'a: b', ' b\nc'],
      b: { empty: {}, list: [], none: undefined },
    };
    expect(written(document, undefined, [document])).toBe(Yaml.stringify(document, undefined, [document]));
    expect(['4s', '1.2.3', '1..2', 'e1', 'v1', '_', '-', '0xg', '10.0.0.1'].filter(isMisread)).toEqual([]);
  });

  it('escapes what a file should not have', () => {
    expect(written('\u007f', 'a\u2028b', '\u0085')).toBe('"\\u007f"\n---\n"a\\u2028b"\n---\n"\\u0085"\n');
  });
});

describe('what App.synth writes', () => {
  const env = Object.fromEntries(WORDS.split(' ').map((text, index) => [`W${index}`, text]));

  function program(): App {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'words-')) });
    const chart = new Chart(app, 'shop');
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar(), labels: { code: '0o17' } });
    service(shop, 'cart', { env, args: ['7E_9'] });
    new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'raw' }, data: { '0o17': '1_000' } });
    return app;
  }

  it('has texts of workloads, labels and raw objects as texts to every reader, in files and as one text', () => {
    const app = program();
    app.synth();
    const files = readFileSync(join(app.outdir, 'shop.k8s.yaml'), 'utf8');
    expect(app.synthYaml()).toBe(files);
    for (const version of ['1.1', '1.2'] as const) {
      const objects = parseAllDocuments(files, { version }).map((document) => document.toJS());
      const { spec } = objects.find(({ kind }) => kind === 'Deployment').spec.template;
      expect(spec.containers[0].env).toEqual(Object.entries(env).map(([name, value]) => ({ name, value })));
      expect(objects.find(({ kind }) => kind === 'ConfigMap').data).toEqual({ '0o17': '1_000' });
    }
    for (const quoted of ['code: "0o17"', '- "7E_9"', 'value: "-_1"', '"0o17": "1_000"']) expect(files).toContain(quoted);
  });

  it('leaves what others write as it is', () => {
    const before = Yaml.stringify('0o17');
    program().synth();
    expect(Yaml.stringify('0o17')).toBe(before);
  });

  it('has texts in the rules of a limit as texts', () => {
    const chart = new Chart(new App(), 'limits');
    const shop = new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    const counting = service(shop, 'counting', { ports: [MeshPort.grpc(8081)] });
    const limiter = RateLimitService.of(counting, { domain: '0o17' });
    const limit = new GlobalRateLimit(shop, 'limit', { service: service(shop, 'cart'), limiter, requests: 10, per: RateLimitUnit.MINUTE });
    expect(GlobalRateLimit.rules([limit])).toContain('domain: "0o17"');
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { Findings } from 'istio-constructs';
import { CODES } from '../../../lib/support/codes';
import { read } from '../../architecture/sources';
import { ISTIOCTL } from '../../docs/codes/istioctl-examples';
import { meshFrom } from '../mesh-under-test';

const manifestsOf = (texts: readonly string[]): object[] =>
  parseAllDocuments(texts.join('\n---\n')).map((document) => document.toJS() as object);

/** Where the module of Istio lies that the judge is built from. */
function istio(): string {
  const go = ['list', '-m', '-f', '{{.Dir}}', 'istio.io/istio'];
  return execFileSync('go', go, { cwd: path.resolve(__dirname, '..'), encoding: 'utf8' }).trim();
}

interface Messages {
  readonly messages: readonly { readonly code: string }[];
}

describe('docs/istioctl-and-kiali.md', () => {
  it('leaves out no message of Istio', () => {
    const { messages } = parse(readFileSync(path.join(istio(), 'pkg/config/analysis/msg/messages.yaml'), 'utf8')) as Messages;
    const told = new Set(
      read('docs/istioctl-and-kiali.md')
        .match(/^\| IST\d{4}(?= \|)/gm)!
        .map((row) => row.slice(2)),
    );
    expect(messages.length).toBeGreaterThan(60);
    expect(messages.map(({ code }) => code).filter((code) => !told.has(code))).toEqual([]);
  });

  it('names rules that are there', () => {
    const named = read('docs/istioctl-and-kiali.md').match(/\bMESH\d{3}\b/g)!;
    const known = new Set([...Findings.codes, ...Object.keys(CODES)]);
    expect([...new Set(named)].filter((code) => !known.has(code))).toEqual([]);
  });

  it.each(ISTIOCTL.filter(({ unheard }) => unheard === undefined))(
    "has manifests of which Istio's own analyzers say $code",
    async ({ code, manifests }) => {
      const findings = await meshFrom(manifestsOf(manifests)).findings();
      expect(findings.map((finding) => finding.code)).toContain(code);
    },
  );
});

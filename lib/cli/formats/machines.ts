import { fingerprintOf } from './fingerprint';
import { type Issue, type Looked, type PassedOver, placeOf } from './issue';

const GITHUB: Readonly<Record<Issue['level'], string>> = { error: 'error', warning: 'warning', info: 'notice' };
const SARIF: Readonly<Record<Issue['level'], string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Annotations of a workflow of GitHub. */
export function asGithub(issues: readonly Issue[]): string {
  return issues
    .map((issue) => `::${GITHUB[issue.level]} ${propertiesOf(issue)}::${escaped([issue.text, ...issue.details].join('\n'))}\n`)
    .join('');
}

function propertiesOf({ code, file, line, column }: Issue): string {
  const place = file === undefined ? {} : { file, line, col: column };
  const all = Object.entries({ ...place, title: code });
  return all.map(([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`).join(',');
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** SARIF 2.1.0, which code scanning reads. */
export function asSarif(issues: readonly Issue[], helpOf: (code: string) => string): string {
  const rules = [...new Set(issues.map(({ code }) => code))].sort().map((id) => ({ id, helpUri: helpOf(id) }));
  const results = issues.map((issue) => ({
    ruleId: issue.code,
    level: SARIF[issue.level],
    message: { text: [issue.text, ...issue.details].join('\n') },
    locations: issue.file === undefined ? [] : [locationOf(issue)],
    partialFingerprints: { 'istioConstructs/v1': fingerprintOf(issue) },
    ...(issue.cure && { fixes: [fixOf(issue, issue.cure)] }),
    ...(issue.passedOver && { suppressions: [suppressionOf(issue.passedOver)] }),
  }));
  const driver = { name: 'istio-constructs', informationUri: 'https://github.com/istio-constructs/istio-constructs', rules };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver }, results }] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function suppressionOf({ by, reason }: PassedOver): object {
  return { kind: by === 'ignore' ? 'inSource' : 'external', justification: reason };
}

/** SARIF counts offsets of letters as JavaScript does. */
function fixOf({ details }: Issue, cure: NonNullable<Issue['cure']>): object {
  const artifactChanges = cure.map(({ file, offset, was, text }) => ({
    artifactLocation: { uri: file.replaceAll('\\', '/') },
    replacements: [{ deletedRegion: { charOffset: offset, charLength: was.length }, insertedContent: { text } }],
  }));
  return { description: { text: details.find((line) => line.startsWith('fix: ')) ?? 'fix' }, artifactChanges };
}

function locationOf({ file = '', line, column }: Issue): object {
  const artifactLocation = { uri: file.replaceAll('\\', '/') };
  return { physicalLocation: { artifactLocation, region: { startLine: line, startColumn: column } } };
}

/** A test suite, one case for each thing that was looked at. */
export function asJunit(suite: string, looked: readonly Looked[]): string {
  const failures = looked.filter(({ issues }) => issues.length > 0).length;
  const cases = looked.map(({ name, issues }) => {
    const head = `    <testcase classname="${xml(suite)}" name="${xml(name)}"`;
    if (issues.length === 0) return `${head}/>\n`;
    const bodies = issues.map(
      (issue) => `      <failure message="${xml(issue.text)}">${xml([placeOf(issue), ...issue.details].join('\n').trim())}</failure>\n`,
    );
    return `${head}>\n${bodies.join('')}    </testcase>\n`;
  });
  const counts = `tests="${looked.length}" failures="${failures}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n  <testsuite name="${xml(suite)}" ${counts}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

function xml(text: string): string {
  const clean = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, ' ');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

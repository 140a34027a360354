import { LineCounter, parseAllDocuments } from 'yaml';
import { Verdicts } from '../../../lib/asking/verdicts';
import type { MeshFinding } from '../../../lib/assembly/mesh-report';
import { read } from '../../architecture/sources';
import { type AnalyzerCase, analyzerCases, type ExpectedMessage } from './analyzer-cases';
import type { IstioFile } from './module';
import { UNSAID } from './unsaid';

const NAMESPACE = 'default';

/** Codes of our rules by those of Istio's messages, as the page has them. */
const FOUND_BY = new Map(
  [...read('docs/istioctl-and-kiali.md').matchAll(/^\| (IST\d{4}) \|[^|]*\| (?:same|better): (.*)$/gm)].map(([, code, rules]) => [
    code,
    new Set(rules.match(/MESH\d{3}/g)),
  ]),
);

interface Place {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly kind: string;
  readonly namespaceName: string;
  readonly name: string;
}

interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** Where each object of a file stands. */
function placesIn({ name: file, text }: IstioFile): Place[] {
  const lineCounter = new LineCounter();
  return parseAllDocuments(text, { lineCounter }).flatMap((document) => {
    const { kind, metadata = {} } = (document.toJS() as Manifest | null) ?? {};
    if (!kind || !document.range) return [];
    const [first, last] = [lineCounter.linePos(document.range[0]).line, lineCounter.linePos(document.range[1]).line + 1];
    return [{ file, first, last, kind, namespaceName: metadata.namespace ?? NAMESPACE, name: metadata.name ?? '' }];
  });
}

/** Istio's tests leave out that all that is told of is in the mesh. */
function aroundOf(places: readonly Place[]): IstioFile {
  const said = new Set(places.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
  const names = new Set(places.filter(({ kind }) => kind !== 'Namespace').map(({ namespaceName }) => namespaceName));
  const labels = '{ istio-injection: enabled }';
  const text = [...names, 'around']
    .filter((name) => !said.has(name))
    .map((name) => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name}, labels: ${labels} } }`);
  return { name: 'around.yaml', text: text.join('\n---\n') };
}

/** About the object itself, or about another one that it contradicts. */
function isAbout({ path, text }: MeshFinding, { origin }: ExpectedMessage, places: readonly Place[]): boolean {
  const [, kind, namespaceName, name] = /^(\S+) (?:([^/]+)\/)?(.+)$/.exec(origin)!;
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(path) ?? [];
  const isThere = places.some(
    (place) =>
      place.kind === kind &&
      place.name === name &&
      place.namespaceName === (namespaceName ?? place.namespaceName) &&
      place.file === file &&
      Number(line) >= place.first &&
      Number(line) <= place.last,
  );
  return isThere || text.split(/[\s,;:()"']+|\.(?=\s|$)/).some((word) => word === name || word.endsWith(`/${name}`));
}

function unfound({ files, expected }: AnalyzerCase): ExpectedMessage[] {
  const places = files.flatMap(placesIn);
  const named = files.map((file) => ({ ...file, namespaceName: NAMESPACE }));
  // A Namespace that says nothing of the mesh is what some of them are about.
  const findings = [Verdicts.lint(...named), Verdicts.lint(...named, aroundOf(places))].flatMap((lint) => lint.findings);
  return expected.filter((one) => {
    const codes = FOUND_BY.get(one.code);
    return codes && !findings.some((finding) => codes.has(finding.code) && isAbout(finding, one, places));
  });
}

const CASES = analyzerCases();
const ASKED = CASES.flatMap(({ expected }) => expected).filter(({ code }) => FOUND_BY.has(code));
const known = new Set(Object.values(UNSAID).flat());

describe("what Istio's analyzers find in their own manifests", () => {
  it('is much', () => {
    expect(ASKED.length).toBeGreaterThan(150);
    expect(known.size).toBeLessThan(ASKED.length / 5);
  });

  it.each(CASES.map((one) => [one.name, one] as const))('is found by our rules, or silent for a reason: %s', (name, one) => {
    const missing = unfound(one).map(({ code, origin }) => `${name}: ${code} ${origin}`);
    expect(missing.sort()).toEqual([...known].filter((line) => line.startsWith(`${name}: `)).sort());
  });

  it('is silent about nothing that is no longer there', () => {
    const names = CASES.map(({ name }) => name);
    expect([...known].filter((line) => !names.some((name) => line.startsWith(`${name}: `)))).toEqual([]);
  });
});

import { IstioVersion, GatewayApi } from 'istio-constructs';
import { fieldName, lacks } from '../../lib/cluster/versions/uses-of-newer';
import { type FirstVersion, GATEWAY_API_FIRST, ISTIO_FIRST, SEVERAL_AUTHORIZERS } from '../../lib/istio/first-versions';
import type { ManifestObject, MeshModel } from '../../lib/model/mesh-model';
import { RULES } from '../../lib/rules';
import { read } from '../architecture/sources';
import { golden, UPDATE } from '../golden/golden-file';
import { findings } from '../rules/model-builder';

const PAGE = 'docs/istio-versions.md';
const ISTIO = [IstioVersion.V1_29, IstioVersion.V1_30, IstioVersion.V1_31].map(({ version }) => version);
const BUNDLES = Object.values(GatewayApi);
const ISTIO_ROWS = [...ISTIO_FIRST, SEVERAL_AUTHORIZERS];
// Rows that no line that is supported lacks are about clusters that nobody has any more.
const BUNDLE_ROWS = GATEWAY_API_FIRST.filter((first) => lacks(first, BUNDLES[0]));

const kindsOf = ({ kinds }: FirstVersion): string => kinds.map((kind) => kind.slice(kind.indexOf('/') + 1)).join(', ');
const whatOf = ({ field, mark, value }: FirstVersion): string =>
  [field === undefined ? (mark ?? '') : fieldName(field), ...(value ? [value] : [])].join(': ');
const wordsOf = (first: FirstVersion): string => {
  if (first === SEVERAL_AUTHORIZERS) return 'several `provider` for one proxy';
  return whatOf(first) === '' ? 'all of it' : `\`${whatOf(first)}\``;
};

/** One row for what differs by the level alone at which it stands. */
function rowsOf(table: readonly FirstVersion[], versions: readonly string[], answer: (first: FirstVersion, version: string) => string) {
  const rows = table.map((first) => {
    const since = [first.version, ...(first.alsoIn ?? [])].join(', ');
    return `| ${[kindsOf(first), wordsOf(first), since, ...versions.map((version) => answer(first, version)), first.before].join(' | ')} |`;
  });
  const head = ['kind', 'what', 'since', ...versions, 'before'];
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...new Set(rows)].join('\n');
}

function byIstio(first: FirstVersion, version: string): string {
  if (!lacks(first, version)) return 'yes';
  return first.isRepair ? '[MESH601](rules/MESH601.md)' : '[MESH600](rules/MESH600.md)';
}

const byBundle = (first: FirstVersion, version: string): string => (lacks(first, version) ? '[MESH602](rules/MESH602.md)' : 'yes');

const TABLES: Readonly<Record<string, string>> = {
  istio: rowsOf(ISTIO_ROWS, ISTIO, byIstio),
  bundles: rowsOf(BUNDLE_ROWS, BUNDLES, byBundle),
};

/** The page with its tables as they should be: each stands between two marks. */
function pageAsMade(): string {
  return Object.entries(TABLES).reduce(
    (page, [name, table]) =>
      page.replace(new RegExp(`(<!-- ${name} -->\n\n)[^]*?(\n\n<!-- end -->)`), (_, from, to) => `${from}${table}${to}`),
    read(PAGE),
  );
}

/** The smallest objects that use it. */
function objectsOf(first: FirstVersion): ManifestObject[] {
  if (first === SEVERAL_AUTHORIZERS)
    return ['login', 'waf'].map((name) => object(first, name, { spec: { action: 'CUSTOM', provider: { name } } }));
  const { field, mark, value = 'set' } = first;
  return [object(first, 'one', field ? (inside(field.split('.'), value) as object) : {}, mark)];
}

function object({ kinds: [kind] }: FirstVersion, name: string, fields: object, mark?: string): ManifestObject {
  const [group, ofKind] = kind.split('/');
  const apiVersion = group === '' ? 'v1' : `${group}/v1`;
  const metadata = { name, namespace: 'shop', ...(mark && { annotations: { [mark]: 'set' } }) };
  const manifest = { apiVersion, kind: ofKind, metadata, ...fields };
  return { path: `raw/${name}`, apiVersion, kind: ofKind, name, namespaceName: 'shop', made: false, manifest };
}

function inside([part, ...rest]: readonly string[], value: unknown): unknown {
  if (part === undefined) return value;
  const next = inside(rest, value);
  return part.endsWith('[]') ? { [part.slice(0, -2)]: [next] } : { [part]: next };
}

function codesOf(parts: Partial<MeshModel>): string[] {
  return RULES.filter(({ code }) => /^MESH60[0-2]$/.test(code)).flatMap((rule) => findings(rule, parts).map(() => rule.code));
}

const cells = (table: readonly FirstVersion[], versions: readonly string[]) =>
  table.flatMap((first) => versions.map((version) => [`${kindsOf(first)} ${whatOf(first)}`, version, first] as const));

describe(PAGE, () => {
  it('has the tables that follow from what the library knows of versions', () => {
    expect(golden(PAGE, UPDATE ? pageAsMade() : '')).toBe(pageAsMade());
  });

  it.each(cells(ISTIO_ROWS, ISTIO))('is right about %s in Istio %s', (_what, istioVersion, first) => {
    const said = byIstio(first, istioVersion).slice(1, 8);
    const found = codesOf({ istioVersion, objects: objectsOf(first) });
    expect(said === 'es' ? found.filter((code) => code === (first.isRepair ? 'MESH601' : 'MESH600')) : found.includes(said)).toEqual(
      said === 'es' ? [] : true,
    );
  });

  it.each(cells(BUNDLE_ROWS, BUNDLES))('is right about %s in bundle %s', (_what, gatewayApi, first) => {
    expect(codesOf({ gatewayApi: gatewayApi as GatewayApi, objects: objectsOf(first) }).includes('MESH602')).toBe(lacks(first, gatewayApi));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type FirstVersion, GATEWAY_API_FIRST, ISTIO_FIRST } from '../../lib/istio/first-versions';
import { folderOf } from './modules';

/** Definitions of each line, in the patch that the Go proxy has: of Istio what a line had last, but for the first one. */
const ISTIO = { '1.29': 'v1.29.0', '1.30': 'v1.30.8', '1.31': 'v1.31.0' };
const BUNDLES = { '1.1': 'v1.1.0', '1.2': 'v1.2.1', '1.3': 'v1.3.0', '1.4': 'v1.4.1', '1.5': 'v1.5.1', '1.6': 'v1.6.3' };

/** What definitions do not tell, or not these. */
const UNCHECKED: Readonly<Record<string, string>> = {
  '1.31.0 AuthorizationPolicy spec.rules[].from[].source.trustDomains': 'the last patches of 1.30 know it; the first of them cannot be had',
  '1.31.0 AuthorizationPolicy spec.rules[].from[].source.notTrustDomains': 'the same',
  '1.1 GatewayClass, Gateway, HTTPRoute, GRPCRoute, ReferenceGrant': 'the oldest bundle that this library writes for',
  '1.7 HTTPRoute spec.rules[].retry.codes': 'its module asks for a newer Go',
  '1.7 HTTPRoute spec.rules[].retry.attempts': 'the same',
};

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
}

/** Schemas of the versions of each kind that are served, by `group/Kind`. */
type Definitions = ReadonlyMap<string, readonly Schema[]>;

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: ReadonlyArray<{ readonly served: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }>;
  };
}

function definitionsIn(module: string, version: string, place: string): Definitions {
  const path = join(folderOf(`${module}@${version}`), place);
  const files = place.endsWith('.yaml') ? [path] : readdirSync(path).map((name) => join(path, name));
  const documents = files.filter((name) => name.endsWith('.yaml')).flatMap((name) => parseAllDocuments(readFileSync(name, 'utf8')));
  const found = documents.map((document) => document.toJS() as Definition | null).filter((one) => one?.spec?.versions);
  return new Map(
    found.map((one) => {
      const { group, names, versions } = one!.spec;
      return [`${group}/${names.kind}`, versions.filter(({ served }) => served).map(({ schema }) => schema.openAPIV3Schema)];
    }),
  );
}

const istioOf = (line: keyof typeof ISTIO) => definitionsIn('istio.io/api', ISTIO[line], 'kubernetes/customresourcedefinitions.gen.yaml');
const bundleOf = (line: keyof typeof BUNDLES) => definitionsIn('sigs.k8s.io/gateway-api', BUNDLES[line], 'config/crd/standard');

/** Whether the definitions have what a row is about, for one of its kinds. */
function has(definitions: Definitions, kind: string, { field, value }: FirstVersion): boolean {
  const schemas = definitions.get(kind) ?? [];
  return schemas.some((schema) => {
    const end = field?.split('.').reduce<Schema | undefined>((at, part) => {
      const inside = at?.properties?.[part.replace('[]', '')];
      return part.endsWith('[]') ? inside?.items : inside;
    }, schema);
    return field === undefined || (value === undefined ? end !== undefined : end?.enum?.includes(value) === true);
  });
}

const lineOf = (version: string): string => version.split('.').slice(0, 2).join('.');
const nameOf = ({ version, kinds, field, value }: FirstVersion): string =>
  [version, kinds.map((kind) => kind.split('/')[1]).join(', '), field, value].filter((word) => word !== undefined).join(' ');

/** Rows about what a definition has; labels, and what code of istiod does, stand in none. */
const ofIstio = ISTIO_FIRST.filter(
  ({ mark, isRepair, kinds }) => !mark && !isRepair && kinds.every((kind) => !kind.startsWith('gateway.networking')),
);
const checked = (rows: readonly FirstVersion[]) =>
  rows.filter((row) => UNCHECKED[nameOf(row)] === undefined).map((row) => [nameOf(row), row] as const);

describe('what an older version does not have', () => {
  const istio = new Map((Object.keys(ISTIO) as Array<keyof typeof ISTIO>).map((line) => [line as string, istioOf(line)]));
  const bundles = new Map((Object.keys(BUNDLES) as Array<keyof typeof BUNDLES>).map((line) => [line as string, bundleOf(line)]));

  /** Whether each kind of a row has it in the line before, and in the first. */
  function around(definitions: ReadonlyMap<string, Definitions>, row: FirstVersion): ReadonlyArray<readonly [boolean, boolean]> {
    const lines = [...definitions.keys()];
    const index = lines.indexOf(lineOf(row.version));
    const [before, first] = [definitions.get(lines[index - 1])!, definitions.get(lines[index])!];
    return row.kinds.map((kind) => [has(before, kind, row), has(first, kind, row)] as const);
  }

  it.each(checked(ofIstio))('%s: as the definitions of Istio have it', (_, row) => {
    expect(around(istio, row)).toEqual(row.kinds.map(() => [false, true]));
  });

  it.each(checked(GATEWAY_API_FIRST))('%s: as the bundles of the Gateway API have it', (_, row) => {
    expect(around(bundles, row)).toEqual(row.kinds.map(() => [false, true]));
  });

  it('is left unchecked for a reason alone', () => {
    const names = [...ofIstio, ...GATEWAY_API_FIRST].map(nameOf);
    expect(Object.keys(UNCHECKED).filter((name) => !names.includes(name))).toEqual([]);
    expect(checked(ofIstio).length).toBeGreaterThan(8);
    expect(checked(GATEWAY_API_FIRST).length).toBeGreaterThan(10);
  });
});

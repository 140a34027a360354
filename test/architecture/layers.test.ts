import * as path from 'path';
import * as ts from 'typescript';
import { adapterSources, nodesOf, placeOf, type SourceFile, sourcesOf } from './sources';

interface Layer {
  /** Folders of lib that it may import, beside itself. */
  readonly folders: readonly string[];
  /** Packages that it may import; `node` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** What it may import as types only. */
  readonly types?: readonly string[];
}

const PLAIN = ['support', 'model'];

const LAYERS: Record<string, Layer> = {
  support: { folders: [], packages: ['node', 'constructs'] },
  model: { folders: ['support'], packages: [], types: ['constructs'] },
  values: { folders: PLAIN, packages: ['cdk8s'], types: ['constructs'] },
  access: { folders: [...PLAIN, 'values'], packages: ['constructs'], types: ['cdk8s'] },
  planes: { folders: [...PLAIN, 'values'], packages: [], types: ['imports'] },
  render: { folders: [...PLAIN, 'values', 'planes'], packages: ['imports', 'cdk8s-plus-28'] },
  istio: { folders: [], packages: [] },
  cluster: { folders: [...PLAIN, 'istio'], packages: [] },
  verdict: { folders: [...PLAIN, 'istio', 'cluster'], packages: [] },
  rules: { folders: PLAIN, packages: [] },
  assembly: { folders: [...PLAIN, 'rules', 'access', 'planes'], packages: ['cdk8s', 'constructs'] },
  constructs: {
    folders: [...PLAIN, 'values', 'access', 'planes', 'render', 'assembly'],
    packages: ['node', 'constructs', 'cdk8s', 'cdk8s-plus-28', 'imports'],
  },
  testing: { folders: ['model', 'assembly'], packages: ['constructs', 'cdk8s'] },
  cli: { folders: ['model', 'rules', 'assembly'], packages: ['node'] },
};

const sources = sourcesOf('lib');
const layered = sources.filter(({ file }) => file !== 'lib/index.ts');

describe('layers', () => {
  it('places every file of lib in a layer', () => {
    const strays = layered.map(({ file }) => file).filter((file) => !(layerOf(file) in LAYERS));

    expect(strays).toEqual([]);
  });

  it('imports only what the layer may know', () => {
    expect(layered.flatMap(forbiddenImports)).toEqual([]);
  });

  it('lets the Pulumi adapter know the published packages alone', () => {
    const packages = ['istio-constructs', 'cdk8s', 'constructs', '@pulumi/pulumi', '@pulumi/kubernetes/package.json'];
    const imported = adapterSources().flatMap(({ syntax }) => nodesOf(syntax).filter((node) => ts.isImportDeclaration(node)));
    const targets = imported.map((node) => (node.moduleSpecifier as ts.StringLiteral).text);

    expect(imported.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !target.startsWith('./') && !packages.includes(target))).toEqual([]);
  });

  it('has no two layers that need each other', () => {
    const reaches = (from: string, to: string): boolean => LAYERS[from].folders.some((next) => next === to || reaches(next, to));

    expect(Object.keys(LAYERS).filter((layer) => reaches(layer, layer))).toEqual([]);
  });

  it('keeps the public surface to exports', () => {
    const surface = sources.find(({ file }) => file === 'lib/index.ts')!;

    expect(surface.syntax.statements.filter((statement) => !ts.isExportDeclaration(statement)).map(placeOf)).toEqual([]);
  });

  it('creates objects in constructs alone', () => {
    const elsewhere = layered.filter(({ file }) => layerOf(file) !== 'constructs');
    const makes = (node: ts.Node): boolean => ts.isNewExpression(node) && node.expression.getText() === 'ApiObject';

    expect(elsewhere.flatMap(({ syntax }) => nodesOf(syntax).filter(makes).map(placeOf))).toEqual([]);
  });

  it('never throws from a renderer or a plane', () => {
    const pure = layered.filter(({ file }) => ['render', 'planes'].includes(layerOf(file)));

    expect(pure.flatMap(({ syntax }) => nodesOf(syntax).filter(ts.isThrowStatement).map(placeOf))).toEqual([]);
  });
});

function layerOf(file: string): string {
  return file.split('/')[1];
}

function forbiddenImports({ file, syntax }: SourceFile): string[] {
  const imports = nodesOf(syntax).filter((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node));
  return imports.flatMap((node) => {
    if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return [];
    const target = targetOf(file, node.moduleSpecifier.text);
    return isAllowed(layerOf(file), target, isTypeOnly(node)) ? [] : [`${placeOf(node)} imports ${target}`];
  });
}

function isAllowed(layer: string, target: string, typeOnly: boolean): boolean {
  const { folders, packages, types = [] } = LAYERS[layer];
  return target === layer || folders.includes(target) || packages.includes(target) || (typeOnly && types.includes(target));
}

/** The layer, the package, `imports` or `node` that a module specifier leads to. */
function targetOf(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return NODE_MODULES.has(specifier.replace(/^node:/, '')) ? 'node' : specifier;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith('lib/')) return target.split('/')[0];
  return target === 'lib/index' || target === 'lib' ? 'the public surface' : layerOf(target);
}

const NODE_MODULES = new Set(['fs', 'net', 'os', 'path', 'url', 'util', 'crypto']);

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause || clause.isTypeOnly) return clause !== undefined;
  const named = clause.namedBindings;
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

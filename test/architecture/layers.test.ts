import * as path from 'path';
import * as ts from 'typescript';
import { fileCounts, isMeant, type Room, roomOf, roomsOfTable } from './folder-table';
import { adapterSources, commandSources, filesOf, nodesOf, placeOf, type SourceFile, sourcesOf } from './sources';

const MOST_FILES = 15;
const MOST_ROOMS = 12;
const MOST_ARROWS = 30;

const rooms = roomsOfTable();
const sources = sourcesOf('lib');
const layered = sources.filter(({ file }) => file !== 'lib/index.ts');
const byFile = new Map(sources.map((source) => [source.file, source]));

describe('layers', () => {
  it('places every file of lib in a room of the table, and every room is there', () => {
    expect(layered.map(({ file }) => file).filter((file) => !roomOf(rooms, file))).toEqual([]);
    expect(rooms.filter((room) => room.path !== 'lib/index.ts' && filesOf(room.path, '.ts').length === 0)).toEqual([]);
  });

  it('imports only what the room may know', () => {
    expect(layered.flatMap(forbiddenImports)).toEqual([]);
  });

  it('allows nothing that nobody uses', () => {
    const used = new Map<Room, string[]>(rooms.map((room) => [room, []]));
    for (const source of layered) used.get(roomOf(rooms, source.file)!)!.push(...importsOf(source).map(({ target }) => target));
    const idle = rooms.flatMap(({ path: at, mayImport }) =>
      mayImport.filter((word) => !isUsed(word, at)).map((word) => `${at} <- ${word}`),
    );

    expect(idle).toEqual([]);

    // A row of several rooms says what they share.
    function isUsed(word: string, at: string): boolean {
      const row = rooms.filter(({ mayImport }) => mayImport === rooms.find((room) => room.path === at)!.mayImport);
      return (
        word === 'nothing' ||
        word === 'all of lib' ||
        row.some((room) => used.get(room)!.some((target) => isMeant(word.replace(' types', ''), target)))
      );
    }
  });

  it('lets the Pulumi adapter know the published packages alone', () => {
    const packages = ['istio-constructs', 'cdk8s', 'constructs', '@pulumi/pulumi', '@pulumi/kubernetes/package.json'];
    const imported = adapterSources().flatMap(({ syntax }) => nodesOf(syntax).filter((node) => ts.isImportDeclaration(node)));
    const targets = imported.map((node) => (node.moduleSpecifier as ts.StringLiteral).text);

    expect(imported.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !target.startsWith('./') && !packages.includes(target))).toEqual([]);
  });

  it('lets the command line know the published packages alone', () => {
    const kept = ['@bomb.sh/tab', '@dagrejs/dagre', 'ajv', 'commander', 'diff', 'picocolors', 'tinyglobby', 'yaml', 'yocto-spinner'];
    const packages = ['istio-constructs', ...kept, 'node:child_process', 'node:crypto', 'node:fs', 'node:os', 'node:path'];
    const imported = commandSources().flatMap(({ syntax }) => nodesOf(syntax).filter((node) => ts.isImportDeclaration(node)));
    const targets = imported.map((node) => (node.moduleSpecifier as ts.StringLiteral).text);

    expect(imported.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !/^\.\.?\//.test(target) && !packages.includes(target))).toEqual([]);
  });

  it('lets the engine of the page alone take code of the library with it', () => {
    const imports = (syntax: ts.SourceFile): ts.ImportDeclaration[] => nodesOf(syntax).filter((node) => ts.isImportDeclaration(node));
    const taken = commandSources().filter(({ file, syntax }) =>
      imports(syntax).some((node) => isOutside(file, (node.moduleSpecifier as ts.StringLiteral).text)),
    );

    expect(taken.map(({ file }) => file)).toEqual(['lib/cli/page/engine.ts']);
  });

  it('has no circle, neither of files nor of rooms', () => {
    const files = new Map(layered.map((source) => [source.file, importsOf(source).flatMap(({ file }) => file ?? [])]));
    const between = new Map(rooms.map((room) => [room.path, [] as string[]]));
    for (const [file, targets] of files)
      between.get(roomOf(rooms, file)!.path)!.push(...targets.map((target) => roomOf(rooms, target)!.path));

    expect(circlesIn(files)).toEqual([]);
    expect(circlesIn(new Map([...between].map(([room, targets]) => [room, targets.filter((target) => target !== room)])))).toEqual([]);
  });

  it('keeps folders small', () => {
    expect([...fileCounts()].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });

  it('keeps the constructs in few rooms with few arrows between them', () => {
    const own = rooms.filter((room) => room.path.startsWith('lib/constructs/'));
    const arrows = layered.flatMap((source) =>
      importsOf(source)
        .map(({ target }) => roomOf(own, target))
        .filter((target) => target && roomOf(own, source.file) && target !== roomOf(own, source.file))
        .map((target) => `${roomOf(own, source.file)!.path} -> ${target!.path}`),
    );

    expect(own.length).toBeLessThanOrEqual(MOST_ROOMS);
    expect(new Set(arrows).size).toBeLessThan(MOST_ARROWS);
  });

  it('keeps the public surface to exports', () => {
    const surface = byFile.get('lib/index.ts')!;

    expect(surface.syntax.statements.filter((statement) => !ts.isExportDeclaration(statement)).map(placeOf)).toEqual([]);
  });

  it('creates objects in constructs alone', () => {
    const elsewhere = layered.filter(({ file }) => !file.startsWith('lib/constructs/'));
    const makes = (node: ts.Node): boolean => ts.isNewExpression(node) && node.expression.getText() === 'ApiObject';

    expect(elsewhere.flatMap(({ syntax }) => nodesOf(syntax).filter(makes).map(placeOf))).toEqual([]);
  });

  it('never throws from a renderer or a plane', () => {
    const pure = layered.filter(({ file }) => file.startsWith('lib/render/') || file.startsWith('lib/planes/'));

    expect(pure.flatMap(({ syntax }) => nodesOf(syntax).filter(ts.isThrowStatement).map(placeOf))).toEqual([]);
  });
});

interface Import {
  /** File of lib, package, `imports` or `node`. */
  readonly target: string;
  readonly file?: string;
  readonly typeOnly: boolean;
  readonly node: ts.Node;
}

function importsOf({ file, syntax }: SourceFile): Import[] {
  const declarations = syntax.statements.filter((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node));
  return declarations.flatMap((node) => {
    if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return [];
    const target = targetOf(file, node.moduleSpecifier.text);
    return [{ target, file: byFile.has(target) ? target : undefined, typeOnly: isTypeOnly(node), node }];
  });
}

function forbiddenImports(source: SourceFile): string[] {
  const { path: own, mayImport } = roomOf(rooms, source.file)!;
  const isAllowed = ({ target, typeOnly }: Import): boolean =>
    roomOf(rooms, target)?.path === own ||
    mayImport.some((word) =>
      word.endsWith(' types') ? typeOnly && isMeant(word.slice(0, -' types'.length), target) : isMeant(word, target),
    );
  return importsOf(source)
    .filter((one) => !isAllowed(one))
    .map(({ target, node }) => `${placeOf(node)} imports ${target}`);
}

/** The file of lib, the package, `imports` or `node` that a module specifier leads to. */
function targetOf(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return NODE_MODULES.has(specifier.replace(/^node:/, '')) ? 'node' : specifier;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith('lib/')) return target.split('/')[0];
  return [`${target}.ts`, `${target}/index.ts`].find((candidate) => byFile.has(candidate)) ?? target;
}

const NODE_MODULES = new Set(['fs', 'net', 'os', 'path', 'url', 'util', 'crypto']);

function isOutside(file: string, specifier: string): boolean {
  return specifier.startsWith('.') && !path.posix.join(path.posix.dirname(file), specifier).startsWith('lib/cli/');
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause || clause.isTypeOnly) return clause !== undefined;
  const named = clause.namedBindings;
  return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

/** Each circle once, as the way round it. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) circles.push([...way.slice(way.indexOf(node)), node].join(' -> '));
    if (done.has(node) || way.includes(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}

import { existsSync } from 'fs';
import * as path from 'path';
import { Construct, type IConstruct } from 'constructs';
import * as library from 'istio-constructs';
import { MeshReport } from 'istio-constructs';
import * as ts from 'typescript';
import { kindOf } from '../../lib/support/marker';
import { edgeGateway, shop } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { exampleOf, nameOf, publicMembers, publicTypes } from './public-api';
import { filesOf, read, ROOT } from './sources';

/** A piece of code as readers see it. `hidden` stands before it, and readers do not see it. */
interface Example {
  readonly title: string;
  readonly hidden: string;
  readonly code: string;
}

// What examples in doc comments may use without declaring it.
const [AROUND] = read('rosetta/default.ts-fixture').split('/// here');

// The first example of these pages is the beginning of all others.
const BEGINNING = ['docs/errors.md'];

const pages = ['README.md', 'CONTRIBUTING.md', ...filesOf('docs', '.md')].filter((file) => existsSync(path.join(ROOT, file)));
const ofPages = pages.flatMap(examplesOfPage);
const ofComments = publicTypes().flatMap((type) =>
  [type, ...publicMembers(type)].flatMap((node) => exampleOfComment(type.name!.text, node)),
);
const constructs = ofComments.filter(({ title }) => (library as Record<string, any>)[title]?.prototype instanceof Construct);
// Each as a module at the root.
const modules = new Map([...ofPages, ...ofComments].map((example) => [path.join(ROOT, `${example.title}.ts`), example]));

describe('examples', () => {
  it('are in the README', () => {
    expect(ofPages.filter(({ title }) => title.includes('README')).length).toBeGreaterThan(0);
  });

  it('compile', () => {
    expect(complaints()).toEqual([]);
  }, 60_000);

  forEachPlane((plane) => {
    it.each(ofComments)('run, and no rule finds an error: $title', ({ code }) => {
      const around = meshAround(plane);
      run(code, around);
      expect(MeshReport.of(around.app).findings.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it.each(constructs)('make what they are about, marked with its class: $title', ({ title, code }) => {
      const made: Construct[] = [];
      run(code, meshAround(plane), withRecorder(title, made));
      expect(made.length).toBeGreaterThan(0);
      expect(new Set(made.map(kindOf))).toEqual(new Set([title]));
    });
  });
});

/** Each block of a page that is marked ts; its line is part of its name. */
function examplesOfPage(page: string): Example[] {
  const text = read(page);
  const blocks = [...text.matchAll(/^```ts\b.*\n([\s\S]*?)^```/gm)];
  const beginning = BEGINNING.includes(page) ? blocks[0][1] : '';
  return blocks.map((block, index) => {
    const line = text.slice(0, block.index).split('\n').length;
    return { title: `${page.replaceAll('/', '-')}-line-${line}`, hidden: index > 0 ? beginning : '', code: block[1] };
  });
}

function exampleOfComment(typeName: string, node: ts.NamedDeclaration): Example[] {
  const code = exampleOf(node);
  const title = nameOf(node) === typeName ? typeName : `${typeName}.${nameOf(node)}`;
  return code === undefined ? [] : [{ title, hidden: AROUND, code }];
}

function textOf({ hidden, code }: Example): string {
  return hidden + code;
}

function complaints(): string[] {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false, moduleDetection: ts.ModuleDetectionKind.Force });

  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const virtual = (file: string): string | undefined => {
    const example = modules.get(path.normalize(file));
    return example && textOf(example);
  };
  host.fileExists = (file) => modules.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => virtual(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = virtual(file);
    return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
  };

  const program = ts.createProgram([...modules.keys()], options, host);
  const files = program.getSourceFiles().filter((source) => modules.has(path.normalize(source.fileName)));
  return files.flatMap((source) => ts.getPreEmitDiagnostics(program, source)).map(complaint);
}

function complaint({ file, start, messageText }: ts.Diagnostic): string {
  const example = modules.get(path.normalize(file?.fileName ?? ''));
  const hiddenLines = (example?.hidden.split('\n').length ?? 1) - 1;
  const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 - hiddenLines : 0;
  return `${example?.title}, line ${line} of the example: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

/** What the hidden part declares. */
function meshAround(plane: PlaneUnderTest): Readonly<Record<string, IConstruct>> {
  const { chart, ...services } = shop(plane);
  const gateway = edgeGateway(chart, plane.dataPlane);
  return { app: chart.node.root, chart, ...services, edge: gateway.node.scope!, gateway };
}

/** The library, in which a class tells what is made of it. */
function withRecorder(name: string, made: Construct[]): object {
  const original = (library as Record<string, any>)[name];
  const construct = (target: any, args: unknown[]): Construct => {
    const one = new target(...args);
    made.push(one);
    return one;
  };
  return { ...library, [name]: new Proxy(original, { construct }) };
}

function run(code: string, around: Readonly<Record<string, IConstruct>>, ours: object = library): void {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  const packages = (name: string): unknown => (name === 'istio-constructs' ? ours : require(name));
  new Function('require', 'exports', ...Object.keys(around), outputText)(packages, {}, ...Object.values(around));
}

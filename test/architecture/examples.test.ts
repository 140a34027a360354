import { existsSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { filesOf, read, ROOT } from './sources';

// The first example of these pages is the beginning of all others.
const BEGINNING = ['docs/errors.md'];

const pages = ['README.md', 'CONTRIBUTING.md', ...filesOf('docs', '.md')].filter((file) => existsSync(path.join(ROOT, file)));
const examples = new Map(pages.flatMap(examplesOf));

describe('examples', () => {
  it('are in the README', () => {
    expect([...examples.keys()].filter((file) => file.includes('README')).length).toBeGreaterThan(0);
  });

  it('compile', () => {
    expect(complaints()).toEqual([]);
  }, 60_000);
});

/** Each block of a page that is marked ts, as a module at the root: the page and its line are its name. */
function examplesOf(page: string): [string, string][] {
  const text = read(page);
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)];
  const beginning = BEGINNING.includes(page) ? blocks[0][1] : '';
  return blocks.map((block, index) => {
    const line = text.slice(0, block.index).split('\n').length;
    return [path.join(ROOT, `${page.replaceAll('/', '-')}-line-${line}.ts`), index > 0 ? `${beginning}${block[1]}` : block[1]];
  });
}

function complaints(): string[] {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false, moduleDetection: ts.ModuleDetectionKind.Force });

  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => examples.has(path.normalize(file)) || fileExists(file);
  host.readFile = (file) => examples.get(path.normalize(file)) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const example = examples.get(path.normalize(file));
    return example === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, example, version);
  };

  const program = ts.createProgram([...examples.keys()], options, host);
  const files = program.getSourceFiles().filter((source) => examples.has(path.normalize(source.fileName)));
  return files.flatMap((source) => ts.getPreEmitDiagnostics(program, source)).map(complaint);
}

function complaint({ file, start, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
  return `${path.basename(file?.fileName ?? '', '.ts')}, line ${line} of the example: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

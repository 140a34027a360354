import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { type MeshFinding, MeshReport } from 'istio-constructs';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const FOLDER = path.resolve(__dirname, '../../docs/rules');

const pages = readdirSync(FOLDER).filter((file) => /^MESH\d+\.md$/.test(file));

describe('the page of a rule', () => {
  it.each(pages)('%s shows what its rule finds, as it is printed', (page) => {
    const { program, report } = exampleOf(page);
    const findings = findingsOf(program).map(printed);

    expect(report).toContain(` ${path.basename(page, '.md')} at `);
    expect(findings).toContain(report);
    expect(findings.filter((text) => text.startsWith('error ') && text !== report)).toEqual([]);
  });
});

interface Block {
  readonly language: string;
  readonly text: string;
}

/** A program or manifests, and then what is printed of them. */
function exampleOf(page: string): { program: Block; report: string } {
  const [, section = ''] = /^## Example\n([\s\S]*?)^## /m.exec(readFileSync(path.join(FOLDER, page), 'utf8')) ?? [];
  const blocks = [...section.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map(([, language, text]) => ({ language, text }));
  expect(blocks.map(({ language }) => language)).toEqual([expect.stringMatching(/^(ts|yaml)$/), 'text']);
  return { program: blocks[0], report: blocks[1].text };
}

function findingsOf({ language, text }: Block): MeshFinding[] {
  return MeshReport.of(language === 'ts' ? appOfProgram(text) : appOfManifests(text)).findings;
}

/** Runs a program and answers the App that it synthesizes, without writing a file. */
function appOfProgram(text: string): App {
  const synthesized: App[] = [];
  const synth = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    synthesized.push(this);
  });
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  new Function('require', 'exports', outputText)(require, {});
  synth.mockRestore();
  expect(synthesized).toHaveLength(1);
  return synthesized[0];
}

/** The same objects in a chart `shop`, each called `<Kind>-<name>`. */
function appOfManifests(text: string): App {
  const app = new App();
  const chart = new Chart(app, 'shop');
  for (const manifest of parseAllDocuments(text).map((document) => document.toJS())) {
    new ApiObject(chart, `${manifest.kind}-${manifest.metadata.name}`, manifest);
  }
  return app;
}

/** As it is printed, but for the line of user code. */
function printed({ level, text }: MeshFinding): string {
  const withoutLines = text.replace(/\n {2}declared at: .*/, '').replace(/ \([^()\s]+:\d+:\d+\)/g, '');
  return `${level} ${withoutLines}`;
}

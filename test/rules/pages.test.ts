import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { type MeshFinding, MeshReport, Verdicts } from 'istio-constructs';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const FOLDER = path.resolve(__dirname, '../../docs/rules');

const FILE = 'k8s/shop.yaml';

const pages = readdirSync(FOLDER).filter((file) => /^MESH\d+\.md$/.test(file));

describe('the page of a rule', () => {
  it.each(pages)('%s shows what its rule finds, as it is printed', (page) => {
    const { program, report } = exampleOf(page);
    const findings = (report.includes(` at ${FILE}:`) ? lintedIn(program) : findingsOf(program)).map(printed);

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

/** What the mesh configuration among the manifests takes part in shows in files alone: a program says nothing of it. */
function lintedIn({ text }: Block): MeshFinding[] {
  return Verdicts.lint({ name: FILE, text }).findings;
}

function findingsOf({ language, text }: Block): MeshFinding[] {
  return MeshReport.of(language === 'ts' ? appOfProgram(text) : appOfManifests(text)).findings;
}

/** Runs a program but for its last line, which would synthesize, and answers its App. */
function appOfProgram(text: string): App {
  expect(text).toMatch(/^app\.synth\(\);$/m);
  const program = text.replace(/^app\.synth\(\);$/m, 'exports.app = app;');
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { app?: App } = {};
  new Function('require', 'exports', outputText)(require, exported);
  return exported.app!;
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

/** As it is printed, but for the line of user code, and for the page, which it stands on. */
function printed({ level, text }: MeshFinding): string {
  const withoutLines = text.replace(/\n {2}(declared at|page): .*/g, '').replace(/ \([^()\s]+:\d+:\d+\)/g, '');
  return `${level} ${withoutLines}`;
}

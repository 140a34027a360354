import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import * as ts from 'typescript';
import type { PlaneName } from '../for-each-plane';

export const FOLDER = join(__dirname, '../../docs/tasks');

/** The tasks that have a page, as their files are called. */
export const TASKS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => file.slice(0, -'.md'.length))
  .sort();

export const fileOf = (task: string): string => join(FOLDER, `${task}.md`);

export const pageOf = (task: string): string => readFileSync(fileOf(task), 'utf8');

/** The chart that the program of a page makes, in one of the planes: but for that word and its last line, which would synthesize, it runs as it is shown. */
export function chartOf(task: string, plane: PlaneName): Chart {
  const [, program] = /^## The program\n\n```ts\n([\s\S]*?)^```$/m.exec(pageOf(task)) ?? [];
  const inPlane = (program ?? '').replace('DataPlane.sidecar()', `DataPlane.${plane}()`);
  const { outputText } = ts.transpileModule(inPlane.replace(/^app\.synth\(\);$/m, 'exports.app = app;'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { app?: App } = {};
  new Function('require', 'exports', outputText)(require, exported);
  if (!exported.app || !inPlane.includes(`DataPlane.${plane}()`))
    throw new Error(`${task}: its program chooses a plane and ends with app.synth();`);
  return exported.app.node.children.filter((child) => Chart.isChart(child))[0];
}

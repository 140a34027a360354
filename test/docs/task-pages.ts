import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { IstioInstallation } from 'istio-constructs';
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

/** Guides of installation that have a page, as their files are called: what comes out of them is commands and files. */
export const INSTALLATIONS = readdirSync(join(FOLDER, 'installation'))
  .map((file) => `installation/${file.slice(0, -'.md'.length)}`)
  .sort();

/** The chart that the program of a page makes, in one of the planes. */
export function chartOf(task: string, plane: PlaneName): Chart {
  return appsOf(task, plane)[0].node.children.filter((child) => Chart.isChart(child))[0];
}

/** The installations that the program of a page says: one in each of its Apps. */
export function installationsOf(task: string, plane: PlaneName): IstioInstallation[] {
  return appsOf(task, plane).flatMap((app) => app.node.findAll().filter((one) => one instanceof IstioInstallation));
}

/** The Apps of the program of a page: but for the plane, what is said of one plane alone, and the lines that would synthesize them, it runs as it is shown. */
function appsOf(task: string, plane: PlaneName): readonly App[] {
  const [, program] = /^## The program\n\n```ts\n([\s\S]*?)^```$/m.exec(pageOf(task)) ?? [];
  const ofOther = plane === 'sidecar' ? /^.*\/\/ in ambient mode alone\n/gm : /^.*\/\/ in sidecar mode alone\n/gm;
  const inPlane = (program ?? '').replace('DataPlane.sidecar()', `DataPlane.${plane}()`).replace(ofOther, '');
  const { outputText } = ts.transpileModule(inPlane.replace(/^( *)app\.synth\(\);$/gm, '$1exports.apps.push(app);'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { readonly apps: App[] } = { apps: [] };
  new Function('require', 'exports', outputText)(require, exported);
  if (exported.apps.length === 0 || !inPlane.includes(`DataPlane.${plane}()`))
    throw new Error(`${task}: its program chooses a plane and ends with app.synth();`);
  return exported.apps;
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file of Istio's repository, by its path in the folder that was asked. */
export interface IstioFile {
  readonly name: string;
  readonly text: string;
}

let folder: string | undefined;

/** Where the module of Istio lies that the judge is built from; Go brings it where it is not there. */
function istio(): string {
  const go = ['mod', 'download', '-json', 'istio.io/istio'];
  folder ??= (JSON.parse(execFileSync('go', go, { cwd: resolve(__dirname, '..'), encoding: 'utf8' })) as { readonly Dir: string }).Dir;
  return folder;
}

export const istioText = (path: string): string => readFileSync(join(istio(), path), 'utf8');

/** All files of a folder and of those in it whose names end in a certain way, by name. */
export function istioFiles(path: string, ending: RegExp): IstioFile[] {
  const names = readdirSync(join(istio(), path), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => ({ name, text: istioText(join(path, name)) }));
}

export const ANALYZERS = 'pkg/config/analysis/analyzers';
/** What it tests the schemas and the webhook with. */
export const VALIDATION = 'pkg/config/validation/testdata/crds';
export const CONVERSIONS = 'pilot/pkg/config/kube/gateway/testdata';
/** The program that reads them there. */
export const CONVERSION_TEST = 'pilot/pkg/config/kube/gateway/conversion_test.go';
export const POLICIES = 'pilot/pkg/security/authz/builder/testdata';
export const SECURITY_TASKS = 'tests/integration/security';

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

// The steps of Pulumi's own start of a TypeScript program, without an engine.
const START = `
const { createRequire } = require('module');
createRequire(require.resolve('@pulumi/pulumi/cmd/run/index.js'))('source-map-support/register');
const { tsnodeRequire, typescriptRequire } = require('@pulumi/pulumi/tsutils').typeScriptRequireStrings();
const compilerOptions = { target: 'ES2020', module: 'nodenext', moduleResolution: 'nodenext', sourceMap: 'true' };
require(tsnodeRequire).register({ compiler: typescriptRequire, transpileOnly: true, skipProject: true, compilerOptions });
require('./main.ts');
`;

const MAIN = `import { CallSite } from '${path.join(ROOT, 'lib', 'support', 'call-site')}';

interface Place {
  readonly line: string | undefined;
}

const place: Place = CallSite.here();
console.log(place.line);
`;

describe('“declared at” in an ordinary TypeScript project of Pulumi', () => {
  it('names the line of the program as it was written', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'pulumi-project-'));
    try {
      symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
      writeFileSync(path.join(home, 'package.json'), '{}');
      writeFileSync(path.join(home, 'main.ts'), MAIN);
      expect(execFileSync(process.execPath, ['--eval', START], { cwd: home, encoding: 'utf8' }).trim()).toBe('main.ts:7:31');
    } finally {
      rmSync(home, { recursive: true });
    }
  }, 30_000);
});

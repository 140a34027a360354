// Compiles lib and the generated classes with jsii into an empty dist, so that no stale file can be packed.
// Errors of the library say what is wrong in their message. Node prints, above it, the line that threw them unless it has a comment that
// Node knows; through a source map it would print the line of the source. So there are no maps, and the comments are added here.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hideInternals } from './hide-internals.mjs';
import writeTopics from './rules/topics.mjs';

const jsii = createRequire(import.meta.url).resolve('jsii/bin/jsii');
const nodeMajor = process.versions.node.split('.')[0];

// test/architecture asks for more than jsii does, and knows the one exception.
const RESERVED_WORD = 'language-compatibility/reserved-word';

writeTopics();
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [jsii, '--generate-tsconfig', 'tsconfig.jsii.json', '--fail-on-warnings', '--silence-warnings', RESERVED_WORD, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: nodeMajor },
  },
);
if (status === 0) {
  hideThrowingLines();
  hideInternals('dist/lib');
}
process.exit(status ?? 1);

function hideThrowingLines() {
  const files = readdirSync('dist/lib', { recursive: true }).filter((file) => file.endsWith('.js'));
  for (const file of files.map((name) => join('dist/lib', name))) {
    const code = readFileSync(file, 'utf8');
    const hidden = code.replace(/^ *throw new .*/gm, '$& // node-do-not-add-exception-line');
    if (hidden !== code) writeFileSync(file, hidden);
  }
}

// Compiles lib and the generated classes with jsii into an empty dist, so that no stale file can be packed.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
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
if (status === 0) hideInternals('dist/lib');
process.exit(status ?? 1);

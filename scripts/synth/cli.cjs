// Loaded before the cdk8s CLI. Its `init` command loads two compilers that `synth` never uses, for half of the CLI's start time.
const { dirname, join } = require('node:path');

const init = join(dirname(require.resolve('cdk8s-cli/package.json')), 'lib', 'cli', 'cmds', 'init.js');

require.cache[init] = Object.assign(new module.constructor(init), { loaded: true, exports: { command: 'init', handler() {} } });

// Makes the page of `graph` without its data: one file with its styles, its script and the engine in it.
// `node build.mjs <file>`; the command line ships the file, and makes one when it is run from its sources.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../../..');


/** What the engine asks of Node, for browsers; files of ours whatever folder asks for them. */
const standIns = {
  name: 'stand-ins',
  setup({ onResolve }) {
    onResolve({ filter: /^(node:net|constructs|\.{1,2}\/(.*\/)?(call-site|code-page))$/ }, ({ path }) => ({
      path: join(HERE, 'stand-ins', `${basename(path.replace(/^node:/, ''))}.ts`),
    }));
  },
};

async function bundled(entry, options = {}) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(HERE, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    legalComments: 'inline',
    logLevel: 'error',
    ...options,
  });
  return outputFiles[0].text.trim();
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const [script, style] = await Promise.all([
  bundled('main.ts', {
    platform: 'browser',
    tsconfig: join(HERE, 'tsconfig.json'),
    plugins: [standIns],
    define: { 'process.env.ISTIO_CONSTRUCTS_DEBUG': '""' },
  }),
  bundled('page.css'),
]);
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('what is bundled would end its own element');

// Nothing is loaded, sent or run but what stands in the page.
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const parts = {
  '{{policy}}': policy,
  '<!-- style -->': `<style>${style}</style>`,
  '<!-- data -->': '<script type="application/json" id="data">{{data}}</script>',
  '<!-- script -->': `<script>${script}</script>`,
};
const page = readFileSync(join(HERE, 'page.html'), 'utf8').replace(/\{\{policy\}\}|<!-- (?:style|data|script) -->/g, (part) => parts[part]);

const target = resolve(process.argv[2]);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, page);

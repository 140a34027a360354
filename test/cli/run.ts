import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { ROOT } from '../architecture/sources';

const BUNDLE = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'istio-constructs-bin-'))), 'bin.cjs');

// One file starts in a fraction of the time that sources take, and these tests start it many times.
buildSync({
  entryPoints: [path.join(ROOT, 'lib/cli/bin.ts')],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  alias: { 'istio-constructs': path.join(ROOT, 'lib/index.ts') },
  // From where pages of codes, and modules, are looked for.
  define: {
    __dirname: JSON.stringify(path.join(ROOT, 'lib/support/telling')),
    'import.meta.url': JSON.stringify(pathToFileURL(path.join(ROOT, 'lib/cli/bin.ts')).href),
  },
  logLevel: 'error',
});

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Files = Readonly<Record<string, string>>;

/** A command line in a folder, each time in a process of its own. */
export interface CommandLine {
  (args: string, input?: string): Ended;
  readonly folder: string;
  /** What is in a file of the folder. */
  text(file: string): string;
}

/** A new folder with these files, and the command line in it. */
export function folderWith(files: Files): CommandLine {
  const folder = written(files);
  const run = (args: string, input = ''): Ended => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args.split(' ')], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      input,
    });
    return { code: status, out: stdout, err: stderr };
  };
  return Object.assign(run, { folder, text: (file: string) => readFileSync(path.join(folder, file), 'utf8') });
}

/** All that a terminal is sent by the command line in such a folder. */
export function onTerminal(files: Files, args: string): string {
  const command = `${process.execPath} ${BUNDLE} ${args}`;
  const env = { ...process.env, CI: undefined, TERM: 'xterm', NO_COLOR: '1' };
  return spawnSync('script', ['-qec', command, '/dev/null'], { cwd: written(files), encoding: 'utf8', env }).stdout;
}

function written(files: Files): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'istio-constructs-cli-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: a, image: 'a:1' }] } }
`;

/** A shop whose product page takes GET of the cart alone. */
export const SHOP = [
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio-injection: enabled } }\n',
  deployment('cart'),
  deployment('product'),
  'apiVersion: v1\nkind: Service\nmetadata: { name: product, namespace: shop }\nspec: { selector: { app: product }, ports: [{ name: http, port: 8080 }] }\n',
  `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: product, namespace: shop }
spec:
  selector: { matchLabels: { app: product } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/cart] } }], to: [{ operation: { methods: [GET] } }] }]
`,
].join('---\n');

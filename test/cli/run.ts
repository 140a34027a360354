import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../architecture/sources';

const TSX = pathToFileURL(path.join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
const BIN = path.join(ROOT, 'lib/cli/bin.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A new folder with these files, and the command line in it, each time in a process of its own. */
export function folderWith(files: Readonly<Record<string, string>>): (args: string, input?: string) => Ended {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'istio-constructs-cli-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const env = { ...process.env, TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json'), NO_COLOR: '1', FORCE_COLOR: undefined };
  return (args, input = '') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', TSX, BIN, ...args.split(' ')], {
      cwd: folder,
      encoding: 'utf8',
      env,
      input,
    });
    return { code: status, out: stdout, err: stderr };
  };
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

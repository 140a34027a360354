import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What each program under `apps/` wrote for one data plane. */
export interface Written {
  /** The app and its file, for example `online-shop/online-shop-sidecar`. */
  readonly name: string;
  readonly yaml: string;
  /** The same after its canaries were moved on, if it has any: to the next step, and to the last. */
  readonly canary?: { readonly nextStep: string; readonly promoted: string };
}

const FOLDER = process.env.CLUSTER_MANIFESTS ?? '';
const ENDING = '.k8s.yaml';

/** One for every app and data plane, as the set-up wrote them. */
export const WRITTEN: readonly Written[] = readdirSync(join(FOLDER, 'as-written'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith(ENDING))
  .sort()
  .map((file) => {
    const read = (edit: string): string => readFileSync(join(FOLDER, edit, file), 'utf8');
    const canary = existsSync(join(FOLDER, 'next-step', file)) ? { nextStep: read('next-step'), promoted: read('promoted') } : undefined;
    return { name: file.slice(0, -ENDING.length), yaml: read('as-written'), canary };
  });

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const LIB = resolve(__dirname, '../../../lib');

/** A seed that the sources of the evaluator choose: a change of them looks at other meshes than the one before. */
export function seedOfEvaluator(): number {
  const hash = createHash('sha256');
  for (const folder of ['cluster', 'verdict']) {
    const names = readdirSync(join(LIB, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    for (const name of names.sort()) hash.update(name).update(readFileSync(join(LIB, folder, name)));
  }
  return hash.digest().readUInt32BE() >>> 1;
}

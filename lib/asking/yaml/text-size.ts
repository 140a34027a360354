import { MeshError } from '../../support/mesh-error';
import type { YamlFile } from './yaml-file';

const MEBI = 1024 * 1024;

/** Characters of the longest text that is read: about 500,000 lines take a minute, and longer ones the memory of most machines. */
const MOST = 64 * MEBI;

/** What is wrong with a text that nobody can wait for. */
export function tooLong({ name, text }: YamlFile): MeshError | undefined {
  if (text.length <= MOST) return undefined;
  return new MeshError({
    code: 'MESH902',
    at: `${name}:1:1`,
    what: `a text of manifests has at most ${MOST / MEBI} MiB`,
    got: `${Math.ceil(text.length / MEBI)} MiB`,
    fix: 'divide it into files, such as one for each namespace, and pass their folder; logs and data are no manifests',
  });
}

import { readFileSync, writeFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import type { MeshEdit, YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { UsageError } from '../outcome';

/** Files after all is mended that nobody has to judge. */
export interface Mended {
  readonly files: readonly YamlFile[];
  /** How many findings were mended in each. */
  readonly counts: ReadonlyMap<string, number>;
}

// What is mended may bring to light what it hid; no text needs as many.
const MOST_ROUNDS = 20;

// With which some editors begin a file; who reads it leaves it out.
const MARK = Buffer.from('\uFEFF');

/** Mends what is found, and what is found then, until nothing is left to mend. */
export function mend(files: readonly YamlFile[], find: (files: readonly YamlFile[]) => readonly Issue[]): Mended {
  let now = files;
  const counts = new Map<string, number>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const cured = compatible(find(now).filter(({ cure, passedOver }) => cure && !passedOver));
    if (cured.length === 0) break;
    const edits = cured.flatMap(({ cure = [] }) => cure);
    now = now.map((file) => edited(file, edits));
    for (const { file = '' } of cured) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return { files: now, counts };
}

/** Those whose cures touch no letter of each other; the others are found again. */
function compatible(issues: readonly Issue[]): Issue[] {
  const taken: MeshEdit[] = [];
  return issues.filter(({ cure = [] }) => {
    const isFree = cure.every((edit) => !taken.some((other) => overlaps(edit, other)));
    if (isFree) taken.push(...cure);
    return isFree;
  });
}

function overlaps(one: MeshEdit, other: MeshEdit): boolean {
  return one.file === other.file && one.offset < other.offset + other.was.length && other.offset < one.offset + one.was.length;
}

function edited(file: YamlFile, all: readonly MeshEdit[]): YamlFile {
  const edits = all.filter((edit) => edit.file === file.name).sort((a, b) => b.offset - a.offset);
  if (edits.length === 0) return file;
  const text = edits.reduce(
    (before, { offset, was, text: now }) => before.slice(0, offset) + now + before.slice(offset + was.length),
    file.text,
  );
  return { ...file, text };
}

/** Writes the files that differ; none where one of them is not what was read. */
export function writeMended(before: readonly YamlFile[], { files }: Mended): void {
  const changed = files
    .map(({ name, text }, index) => ({ name, text, read: before[index].text }))
    .filter(({ text, read }) => text !== read);
  const written = changed.map(({ name, text, read }) => {
    const bytes = readFileSync(name);
    const mark = bytes.subarray(0, MARK.length).equals(MARK) ? MARK : Buffer.alloc(0);
    if (!bytes.equals(Buffer.concat([mark, Buffer.from(read)])))
      throw new UsageError(`${name} has changed since it was read: nothing is mended`);
    return { name, bytes: Buffer.concat([mark, Buffer.from(text)]) };
  });
  for (const { name, bytes } of written) writeFileSync(name, bytes);
}

/** A unified diff, as `git apply` and `patch -p1` take it. */
export function patchOf(before: readonly YamlFile[], { files }: Mended): string {
  const changed = files
    .map((file, index) => ({ name: file.name, old: before[index].text, text: file.text }))
    .filter(({ old, text }) => old !== text);
  return changed.map(({ name, old, text }) => createTwoFilesPatch(`a/${name}`, `b/${name}`, old, text).replace(/^=+\n/, '')).join('');
}

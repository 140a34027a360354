import { filesOf, read } from './sources';

/** A folder with rules of its own: a row of the table in docs/architecture.md, which this reads. */
export interface Room {
  /** Path from the root, without a slash at its end. */
  readonly path: string;
  /** Rooms, packages, `node` and `imports` that it may import; `X types` where only types may come from there. */
  readonly mayImport: readonly string[];
}

const PAGE = 'docs/architecture.md';

/** Every row of the table; `lib/a/{b,c}/` is two rooms that do not know each other. */
export function roomsOfTable(): Room[] {
  const table = /^## Folders\n+```text\n([\s\S]*?)^```/m.exec(read(PAGE));
  if (!table) throw new Error(`${PAGE} has no table of folders`);
  const rows = table[1].split('\n').filter((line) => line.startsWith('lib/') && line.includes('<-'));
  return rows.flatMap((row) => {
    const [left, right] = row.split('<-');
    const mayImport = right.split(',').map((word) => word.trim());
    return pathsIn(left.trim().split(/\s/)[0]).map((path) => ({ path, mayImport }));
  });
}

function pathsIn(text: string): string[] {
  const [before, inner, after] = text.split(/[{}]/);
  const paths = inner === undefined ? [text] : inner.split(',').map((name) => `${before}${name}${after}`);
  return paths.map((path) => path.replace(/\/$/, ''));
}

/** The room of a file: the row with the longest path that leads to it. */
export function roomOf(rooms: readonly Room[], file: string): Room | undefined {
  const around = rooms.filter(({ path }) => file === path || file.startsWith(`${path}/`));
  return around.reduce<Room | undefined>((best, room) => (best && best.path.length >= room.path.length ? best : room), undefined);
}

/** What a word of a row stands for: a room and those below it, by its path in lib or among the constructs; else a package. */
export function isMeant(word: string, target: string): boolean {
  return [word, `lib/${word}`, `lib/constructs/${word}`].some((path) => target === path || target.startsWith(`${path}/`));
}

/** Folders of lib with how many files each holds itself. */
export function fileCounts(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of filesOf('lib', '.ts').filter((one) => !one.includes('/dist/') && !one.includes('/node_modules/'))) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

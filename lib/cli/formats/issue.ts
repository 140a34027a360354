import type { MeshEdit } from 'istio-constructs';

/** Something that was found, as each format writes it. */
export interface Issue {
  readonly code: string;
  readonly level: 'error' | 'warning' | 'info';
  /** In a line. */
  readonly text: string;
  /** What else there is to say. */
  readonly details: readonly string[];
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What mends it in its file, where nobody has to judge. */
  readonly cure?: readonly MeshEdit[];
  /** Why it does not count, where it does not. */
  readonly passedOver?: PassedOver;
}

/** A comment of the manifests passes a finding over, or it is in the baseline. */
export interface PassedOver {
  readonly by: 'ignore' | 'baseline';
  readonly reason: string;
}

/** Something that was looked at: what was found there, if anything. */
export interface Looked {
  readonly name: string;
  readonly issues: readonly Issue[];
}

export function placeOf({ file, line, column }: Issue): string {
  return file === undefined ? '' : `${file}:${line}:${column}`;
}

/** How many of each level: `1 error, 2 warnings`. */
export function counted(issues: readonly Issue[]): string {
  const counts = (['error', 'warning', 'info'] as const).map(
    (level) => [level, issues.filter((issue) => issue.level === level).length] as const,
  );
  const said = counts.filter(([, count]) => count > 0).map(([level, count]) => `${count} ${level}${count === 1 ? '' : 's'}`);
  return said.join(', ') || 'nothing found';
}

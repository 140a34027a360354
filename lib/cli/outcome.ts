/** What a command ends with: nothing found, something found, or no way to judge. */
export const CLEAN = 0;
export const FOUND = 1;
export const NO_JUDGEMENT = 2;

/** What a command prints, and the code with which it ends. */
export interface Outcome {
  readonly text: string;
  /** What has to be known to read it, told beside. */
  readonly notes?: readonly string[];
  readonly code: typeof CLEAN | typeof FOUND | typeof NO_JUDGEMENT;
}

/** Something that the one who called has to mend, in a line. */
export class UsageError extends Error {}

/** Several of them, each a line that begins with its place. */
export class UsageErrors extends Error {
  public constructor(public readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

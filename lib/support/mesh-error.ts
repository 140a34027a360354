import type { IConstruct } from 'constructs';
import { userLine } from './call-site';
import type { Code } from './codes';
import { readable } from './deferred';
import { described } from './options/described';

export interface MeshErrorProps {
  /** Names the one mistake that it is. */
  readonly code: Code;
  /** The construct the mistake is at, or a name for a value that has no place in the tree. */
  readonly at: IConstruct | string;
  /** What is wrong, as a rule that was broken. */
  readonly what: string;
  /** What was given instead. */
  readonly got: unknown;
  /** What to write instead. */
  readonly fix: string;
}

/** One wrong call, told in the user's words: code, place, rule, value, cure and the line that said it. */
export class MeshError extends Error {
  readonly code: Code;
  readonly path: string;
  readonly fix: string;

  constructor(props: MeshErrorProps) {
    const path = typeof props.at === 'string' ? props.at : props.at.node.path;
    const line = userLine();
    super(
      [
        `${props.code} at ${path}: ${props.what}`,
        `  got: ${shown(props.got)}`,
        `  fix: ${props.fix}`,
        ...(line ? [`  declared at: ${line}`] : []),
      ].join('\n'),
    );
    this.name = 'MeshError';
    this.code = props.code;
    this.path = path;
    this.fix = props.fix;
  }
}

// Words of ours stand as they are; texts of the user's that may be taken for them come in quotes already.
function shown(value: unknown): string {
  return typeof value === 'string' && value !== '' ? readable(value) : described(value);
}

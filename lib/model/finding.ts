import type { FieldPath } from './declared';

export type FindingLevel = 'error' | 'warning' | 'info';

/** One thing the rules have to say. */
export interface Finding {
  readonly code: string;
  readonly level: FindingLevel;
  readonly title: string;
  /** Construct path, or the place in a text. */
  readonly path: string;
  readonly message: string;
  readonly got?: string;
  readonly fix: string;
  /** Line of user code. */
  readonly declaredAt?: string;
  /** What mends it in its text; none where that takes somebody's judgement. */
  readonly cure?: readonly MeshEdit[];
  /** Reason of the acknowledgement that silences it. */
  readonly acknowledged?: string;
}

/** How one field of a manifest is mended, where nobody has to judge. */
export interface Cure {
  readonly field: FieldPath;
  /** The key gets another name, the value is another one, or is written as the text that it should be. */
  readonly kind: 'rename' | 'set' | 'quote' | 'remove';
  /** The key or the value that is there: nothing is done to anything else. */
  readonly was: string | number | boolean;
  /** What is written in its stead. */
  readonly to?: string | number | boolean;
}

/** Letters of a text, and what is to stand there instead. */
export interface MeshEdit {
  /** Name of the file. */
  readonly file: string;
  /** The line of the first letter, from 1. */
  readonly line: number;
  /** Its column, from 1. */
  readonly column: number;
  /** How many letters stand before it in the whole text, as JavaScript counts them. */
  readonly offset: number;
  /** What stands there. */
  readonly was: string;
  /** What is to stand there. */
  readonly text: string;
}

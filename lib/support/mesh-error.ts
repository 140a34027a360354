import type { IConstruct } from 'constructs';
import { CallSite } from './call-site';
import type { Code } from './codes';
import { readable } from './deferred';
import { described } from './options/described';
import { showPlainly } from './telling/show-plainly';
import { tell } from './telling/tell';

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

/** One wrong call, told in the user's words: code, place, rule, value, cure, the line that said it and the page of the code. */
export class MeshError extends Error {
  // Private and read by getters: what an error owns openly is printed once more under its message.
  readonly #props: MeshErrorProps;

  constructor(props: MeshErrorProps) {
    const site = CallSite.ofError();
    super(tell({ ...props, path: placeOf(props), got: shown(props.got), line: site.line }));
    this.#props = props;
    showPlainly(this, site.userFrames);
  }

  override get name(): string {
    return 'MeshError';
  }

  get code(): Code {
    return this.#props.code;
  }

  get path(): string {
    return placeOf(this.#props);
  }

  get fix(): string {
    return this.#props.fix;
  }
}

function placeOf({ at }: MeshErrorProps): string {
  return typeof at === 'string' ? at : at.node.path;
}

// Words of ours stand as they are. A text that reads like another value, or like none, shows that it is one.
const NO_PLAIN_TEXT = /^(-?\d+(\.\d+)?|-?Infinity|NaN|true|false|null|undefined|)$|^\s|\s$/;

function shown(value: unknown): string {
  return typeof value === 'string' && !NO_PLAIN_TEXT.test(value) ? readable(value) : described(value);
}

import * as path from 'path';
import { fileURLToPath } from 'url';
import { fromHere } from './telling/from-here';

const LIBRARY = path.dirname(__dirname) + path.sep;
// Statements are many, and few frames of ours lie above them; an error is one, and may come from deep inside.
const STATEMENT_FRAMES = 10;
const ERROR_FRAMES = 30;

/** A place in user code; the stack is read only when somebody asks, for most are never shown. */
export class CallSite {
  static here(frames = STATEMENT_FRAMES): CallSite {
    const holder: { stack?: string } = {};
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = frames;
    Error.captureStackTrace(holder, CallSite.here);
    Error.stackTraceLimit = limit;
    return new CallSite(holder);
  }

  static ofError(): CallSite {
    return CallSite.here(ERROR_FRAMES);
  }

  private constructor(private readonly holder: { readonly stack?: string }) {}

  /** `file:line:column` of the first frame that is neither ours nor a package's. */
  get line(): string | undefined {
    const place = this.stack.map(location).find(isUserCode);
    return place === undefined ? undefined : fromHere(place);
  }

  /** All such frames, as the runtime writes them. */
  get userFrames(): string[] {
    return this.stack.filter((frame) => isUserCode(location(frame)));
  }

  private get stack(): string[] {
    return (this.holder.stack ?? '').split('\n');
  }
}

function location(frame: string): string | undefined {
  const place = /\(([^()]+:\d+:\d+)\)$/.exec(frame) ?? /at (?:async )?([^ ]+:\d+:\d+)$/.exec(frame);
  if (!place) return undefined;
  return place[1].startsWith('file:') ? fileURLToPath(place[1].replace(/:\d+:\d+$/, '')) + place[1].match(/:\d+:\d+$/)![0] : place[1];
}

function isUserCode(place: string | undefined): place is string {
  return (
    place !== undefined && !place.startsWith(LIBRARY) && !place.startsWith('node:') && !place.includes(`${path.sep}node_modules${path.sep}`)
  );
}

import type { Labels } from '../../cluster/objects/fields';
import { changedBy } from '../../cluster/routes/changes/header-changes';
import type { RequestLine } from '../requests/request';
import type { Destination, RouteRule } from './route-table';

/** Words of a request that are sent on in another form than they came in; what is left out stays. */
export interface SentWords {
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Labels;
}

/** A destination, and what a request to it says. */
export interface SentTo extends Destination {
  readonly sent?: SentWords;
}

interface Sending {
  readonly destinations: readonly SentTo[];
  /** Why nobody can tell what is sent. */
  readonly unknown?: string;
}

/** What a rule sends to each of its destinations. */
export function sendingOf({ by, rewrite, host, headers, destinations }: RouteRule, line: RequestLine): Sending {
  const path = rewrite ? rewrite(line.path) : line.path;
  if (path === undefined) return { destinations: [], unknown: `${by} changes the path in words that are not known here` };
  return {
    destinations: destinations.map((destination) => {
      const changes = [destination.headers, headers];
      const sent: SentWords = {
        ...(path !== line.path && { path }),
        ...(host !== undefined && { host }),
        ...(changes.some((one) => one !== undefined) && { headers: changedBy(changes, line.headers) }),
      };
      return Object.keys(sent).length > 0 ? { ...destination, sent } : destination;
    }),
  };
}

import { createHash } from 'node:crypto';
import type { Issue } from './issue';

const PLACE = /:\d+:\d+\b/g;

/** What tells a finding from others, wherever in its file it stands. */
export function fingerprintOf({ code, file, text }: Issue): string {
  return createHash('sha256')
    .update(JSON.stringify([code, file?.replaceAll('\\', '/'), text.replaceAll(PLACE, '')]))
    .digest('hex')
    .slice(0, 16);
}

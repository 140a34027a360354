import { blocksOverlap } from '../../../support/addresses';
import { isDeferred } from '../../../support/deferred';

/** What a NetworkPolicy leaves out of all public addresses. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/** Blocks of addresses; all public ones when absent. */
type Blocks = readonly string[] | undefined;

/** Whether who may connect to some addresses may well meet a host at others. */
export function mayMeet(open: Blocks, host: Blocks): boolean {
  if (open && host) return open.some((one) => host.some((other) => blocksOverlap(one, other)));
  return (open ?? host)?.some(open ? isWide : isPublic) ?? true;
}

// A narrow block of public addresses is somebody's own: a host that nobody has placed is hardly there.
function isWide(block: string): boolean {
  const [net, bits] = block.split('/');
  return Number(bits) < (net.includes(':') ? 7 : 8);
}

function isPublic(block: string): boolean {
  return isWide(block) || (!isDeferred(block) && !PRIVATE.some((range) => blocksOverlap(block, range)));
}

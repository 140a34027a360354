import type { Construct } from 'constructs';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';

// What Envoy can tell from none.
const LEAST = 0.0001;

/** A share of requests, in percent; all of them where nobody has said it. */
export function percentageOf(at: Construct, part: string, percentage = 100): number {
  if (isDeferred(percentage) || percentage === 0 || (percentage >= LEAST && percentage <= 100)) return percentage;
  throw new MeshError({
    code: 'MESH088',
    at,
    what: `a share of requests is in percent: 0, or from ${LEAST} to 100`,
    got: `${part} of ${percentage} %`,
    fix: 'give a share within these bounds',
  });
}

import { type Fields, fieldsOf, isSaid } from '../../../cluster/objects/fields';
import { type Demand, within } from '../demands/demand';
import { TIMESPAN } from '../demands/pools';
import { isNoShare } from '../values/amounts';
import { isNoTimespan } from '../values/timespans';

const FAULT = 'spec.http[].fault';
const STATUSES =
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED';

/** A status of HTTP that Istio lets a proxy answer with. */
export function isNoStatus(status: unknown): boolean {
  return typeof status === 'number' && (status < 200 || status > 600);
}

/** How it is written. */
export const STATUS = { what: 'is no status of HTTP', fix: 'write a number from 200 to 599' };

/** What is asked of faults that a route puts in. */
export const FAULT_DEMANDS: readonly Demand[] = [
  {
    at: FAULT,
    refuses: (fault) => !isSaid(fieldsOf(fault).abort) && !isSaid(fieldsOf(fault).delay),
    what: 'says nothing',
    fix: 'write abort or delay',
  },
  {
    at: within([FAULT], 'abort.percentage.value', 'delay.percentage.value'),
    refuses: isNoShare,
    what: 'is no percentage',
    fix: 'write 0, or a number from 0.0001 to 100',
  },
  { at: `${FAULT}.abort.httpStatus`, refuses: isNoStatus, ...STATUS },
  {
    at: `${FAULT}.abort.grpcStatus`,
    refuses: (status) => typeof status === 'string' && !STATUSES.split(' ').includes(status),
    what: 'is no status of gRPC',
    fix: 'write its name, such as UNAVAILABLE',
  },
  {
    at: `${FAULT}.abort`,
    refuses: (abort) => isSaid(fieldsOf(abort).http2Error),
    what: 'has http2Error, which Istio cannot answer',
    fix: 'write httpStatus or grpcStatus',
  },
  { at: `${FAULT}.delay.fixedDelay`, refuses: isNoTimespan, ...TIMESPAN },
  {
    at: `${FAULT}.delay`,
    refuses: (delay) => saysExponential(fieldsOf(delay)),
    what: 'has exponentialDelay, which Istio cannot do',
    fix: 'write fixedDelay',
  },
];

function saysExponential({ exponentialDelay }: Fields): boolean {
  return isSaid(exponentialDelay);
}

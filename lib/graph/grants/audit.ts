import type { IConstruct } from 'constructs';
import { MeshError } from '../../support/mesh-error';
import type { ICallee } from '../../values/access/callee';
import type { RefusalOptions } from '../../values/access/refusal-options';
import { ANYONE } from '../anyone';
import { MeshGraph } from '../mesh-graph';
import { partyOf } from '../party-of';
import { recordCall } from '../record-call';
import { refusalOf } from './refusal-of';

/** Has the proxies of a service mark requests for whoever writes them down. */
export function auditCalls(at: IConstruct & ICallee, options: RefusalOptions): void {
  const { kind, owned, name } = partyOf(at, at, MeshGraph.of(at));
  if (kind !== 'service' || !owned) {
    throw new MeshError({
      code: 'MESH848',
      at,
      what: 'requests are marked by the proxies of a service that this program makes',
      got: kind === 'service' ? `${name}, which another program makes` : `${name}, which is outside the mesh`,
      fix: 'say audit in the program that makes the service',
    });
  }
  recordCall(at, { caller: ANYONE, callee: at, action: 'AUDIT', ...refusalOf(at, options) });
}

import { mayBeBoth } from '../../../model/access/many-callers';
import type { CallModel, MeshModel } from '../../../model/mesh-model';

/** Why somebody has to read the HTTP of a call before it can be let in. */
export interface ReaderNeeded {
  readonly got: string;
  /** The grant itself says so, and not what stands beside it. */
  readonly byGrant: boolean;
}

export function readerNeededBy(call: CallModel, model: MeshModel): ReaderNeeded | undefined {
  if (asksHttp(call)) return { got: 'a grant by methods, paths or tokens', byGrant: true };
  const beside = model.calls.find((one) => needsReader(one) && isAbout(one, call));
  if (!beside) return undefined;
  const asked = beside.provider === undefined ? 'a refusal by methods or paths' : `${beside.provider}, which is asked first,`;
  return { got: `${asked} beside the grant`, byGrant: false };
}

const asksHttp = ({ http, httpIsOptional }: CallModel): boolean => http !== undefined && !httpIsOptional;

function needsReader({ action, http }: CallModel): boolean {
  return action === 'CUSTOM' || (action === 'DENY' && http !== undefined);
}

function isAbout(refusal: CallModel, { caller, callee }: CallModel): boolean {
  return refusal.callee.key === callee.key && mayBeBoth(caller, refusal.caller);
}

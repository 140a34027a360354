import { isSlip } from '../inputs/slip';
import { UsageError } from '../outcome';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];
const LAST_PORT = 65535;

/** A method that is written as somebody means it: anything but a slip of the keys. */
export function checkMethod(method: string | undefined): void {
  if (method === undefined || METHODS.includes(method)) return;
  const meant = METHODS.find((known) => isSlip(method.toUpperCase(), known));
  if (meant !== undefined) throw new UsageError(`there is no method ${method}: did you mean ${meant}?`);
}

export function checkPort(callee: string): void {
  const [, digits] = /:(\d+)$/.exec(callee) ?? [];
  if (digits === undefined || (Number(digits) >= 1 && Number(digits) <= LAST_PORT)) return;
  throw new UsageError(`ports go from 1 to ${LAST_PORT}, and ${callee} says ${digits}`);
}

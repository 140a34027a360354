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

/** The same but for one letter: another one, one too many, one too few, or two that are swapped. */
function isSlip(written: string, known: string): boolean {
  const start = [...known].findIndex((letter, index) => letter !== written[index]);
  if (start < 0) return written.length <= known.length + 1;
  const [here, there] = [written.slice(start), known.slice(start)];
  const swapped = (here[1] ?? '') + here[0] + here.slice(2);
  return [here.slice(1) === there.slice(1), here.slice(1) === there, here === there.slice(1), swapped === there].includes(true);
}

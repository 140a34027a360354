import { claimNames } from '../../../cluster/routes/routing-claims';

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const PSEUDO = [':method', ':scheme', ':authority', ':path', ':status'];
const QUOTED = '"(?:[^"\\\\)]|\\\\.)*"';
const LIST = new RegExp(`^\\[ *${QUOTED} *(?:, *${QUOTED} *)*\\] *\\)`, 's');
const IN_ARGUMENTS = /^.(?:[^\\)"]|\\.)*\)/s;

/** A header that a match may ask for, or a claim of a token. */
export function isMatchedHeader(name: string): boolean {
  return claimNames(name) !== undefined || PSEUDO.includes(name) || TOKEN.test(name);
}

/** A header in the lists of CORS. */
export function isSharedHeader(name: string): boolean {
  return name === '*' || TOKEN.test(name);
}

/** A header that cannot be changed, for the proxy goes by it. */
export function isFixedHeader(name: string): boolean {
  return name === '' || name.startsWith(':') || name.toLowerCase() === 'host';
}

export function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase());
}

/** Whether Envoy can read it: a percent sign begins a variable, and two stand for one. */
export function isHeaderValue(value: string): boolean {
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value) && hasWholeVariables(value);
}

function hasWholeVariables(value: string): boolean {
  const start = value.indexOf('%');
  if (start < 0) return true;
  const rest = value.slice(start + 1);
  if (rest.startsWith('%')) return hasWholeVariables(rest.slice(1));
  const end = afterVariable(rest);
  return end !== undefined && hasWholeVariables(rest.slice(end));
}

/** Behind the percent sign that ends a variable, with its arguments in brackets. */
function afterVariable(text: string): number | undefined {
  const [name] = /^[^%(]*/.exec(text)!;
  if (text[name.length] === '%') return name.length + 1;
  if (text[name.length] !== '(') return undefined;
  const spaces = /^\(( *)/.exec(text.slice(name.length))![0].length;
  const start = name.length + spaces;
  const length = text[start] === '[' ? listLength(text.slice(start)) : IN_ARGUMENTS.exec(text.slice(start))?.[0].length;
  const closing = length === undefined ? null : /^ *%/.exec(text.slice(start + length));
  return closing && length !== undefined ? start + length + closing[0].length : undefined;
}

/** A list of texts in quotes, and the bracket after it. */
function listLength(text: string): number | undefined {
  return LIST.exec(text)?.[0].length;
}

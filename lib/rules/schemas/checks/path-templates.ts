const ONE = '{*}';
const REST = '{**}';
const LITERAL = /^[\w\-.~%!$&'()+,;:@=]+$/;

/** Whether Istio refuses a path of a policy for the braces in it: templates stand alone between slashes, and nothing of them after `{**}`. */
export function badTemplate(path: string): boolean {
  const parts = path.replace(/^\/+|\/+$/g, '').split('/');
  const rest = parts.indexOf(REST);
  if (rest >= 0 && parts.slice(rest + 1).some((part) => part === ONE || part === REST)) return true;
  const literals = parts.filter((part) => part !== ONE && part !== REST);
  if (literals.some((part) => /[{}]/.test(part))) return true;
  return (path.includes(ONE) || path.includes(REST)) && literals.some((part) => !LITERAL.test(part));
}

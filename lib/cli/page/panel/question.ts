import type { MeshQuestion } from 'istio-constructs';

/** What somebody wrote into the form, field by field. */
export type Written = Readonly<Record<'from' | 'to' | 'method' | 'path' | 'headers' | 'claims' | 'issuer' | 'audience', string>>;

/** The question in it, as `explain` takes it: a header or a claim a line. Whoever writes something else is told in a line. */
export function questionIn(written: Written): MeshQuestion | string {
  const { from, to, method, path, headers, claims, issuer, audience } = written;
  if (from === '' || to === '') return 'Say who calls, and whom.';
  if (path !== '' && !path.startsWith('/')) return `A path begins with a slash, and ${path} does not.`;
  const pairs = linesOf(headers).map((line) => /^([^:\s]+):\s*(.*)$/.exec(line));
  const said = linesOf(claims).map((line) => /^([^=]+)=(.*)$/.exec(line));
  if (pairs.includes(null)) return 'Write a header in each line, for example x-tenant: acme';
  if (said.includes(null)) return 'Write a claim in each line, for example role=clerk';
  return {
    caller: from,
    callee: to,
    ...(method !== '' && { method }),
    ...(path !== '' && { path }),
    ...(pairs.length > 0 && { headers: Object.fromEntries(pairs.map((pair) => [pair![1], pair![2]])) }),
    ...(said.length > 0 && { claims: claimsOf(said.map((claim) => [claim![1], claim![2]])) }),
    ...(issuer !== '' && { issuer }),
    ...(audience !== '' && { audiences: audience.split(/[\s,]+/).filter(Boolean) }),
  };
}

function claimsOf(pairs: readonly (readonly string[])[]): Record<string, string[]> {
  const claims: Record<string, string[]> = {};
  for (const [name, value] of pairs) claims[name] = [...(claims[name] ?? []), value];
  return claims;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

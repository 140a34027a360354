type Claims = { [name: string]: string | Claims };

/** Claims that have what is asked of them, by names in brackets as Istio writes them: `[realm_access][roles]`. */
export function claimsLike(wanted: Readonly<Record<string, readonly string[]>>): Claims {
  const claims: Claims = {};
  for (const [path, [value = '']] of Object.entries(wanted)) {
    const names = [...path.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
    let inner = claims;
    for (const name of names.slice(0, -1)) {
      const next = inner[name];
      inner = inner[name] = typeof next === 'object' ? next : {};
    }
    inner[names[names.length - 1]] = value.replaceAll('*', 'x') || 'x';
  }
  return claims;
}

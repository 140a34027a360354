type Fields = Readonly<Record<string, unknown>>;

/** Where a route, of either API, shares requests between several destinations. */
export function weightFields({ spec }: Fields): string[] {
  const { http, tcp, rules } = (spec ?? {}) as Fields;
  return [
    ...weightsIn('spec.http', http, 'route'),
    ...weightsIn('spec.tcp', tcp, 'route'),
    ...weightsIn('spec.rules', rules, 'backendRefs'),
  ];
}

function weightsIn(path: string, routes: unknown, destinations: string): string[] {
  return ((routes ?? []) as readonly Fields[]).flatMap((route, index) => {
    const shares = (route[destinations] ?? []) as readonly unknown[];
    return shares.length > 1 ? shares.map((_, share) => `${path}[${index}].${destinations}[${share}].weight`) : [];
  });
}

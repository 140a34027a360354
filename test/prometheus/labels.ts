export type Labels = Readonly<Record<string, string>>;

/** A series by its name, as promtool takes it. */
export function named(metric: string, labels: Labels): string {
  return `${metric}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
}

/** Who is at one end, as far as whoever counts knows. */
export function workload(end: 'source' | 'destination', name = 'unknown', version = 'unknown', of?: string): Labels {
  const isKnown = name !== 'unknown';
  return {
    [`${end}_workload`]: of ?? (isKnown ? `${name}-${version}` : name),
    [`${end}_workload_namespace`]: isKnown ? 'shop' : name,
    [`${end}_canonical_service`]: name,
    [`${end}_canonical_revision`]: version,
    [`${end}_app`]: name,
    [`${end}_version`]: version,
  };
}

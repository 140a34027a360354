type Fields = Readonly<Record<string, unknown>>;

/** Two lots of fields as one: lists go on one behind the other, and objects are merged; of other values the second holds. */
export function mergeFields(one: Fields, other: Fields): Fields {
  const merged: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key];
    if (Array.isArray(before) && Array.isArray(value)) merged[key] = [...(before as unknown[]), ...(value as unknown[])];
    else merged[key] = isFields(before) && isFields(value) ? mergeFields(before, value) : (value ?? before);
  }
  return merged;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

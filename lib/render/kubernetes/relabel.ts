type Labels = Readonly<Record<string, string>>;
type Fields = Readonly<Record<string, unknown>>;

const LABEL_MAPS = ['labels', 'matchLabels'];

/** A pod template with some labels changed, and with them whatever in it selects by these labels. */
export function relabel(value: unknown, before: Labels, after: Labels): unknown {
  if (Array.isArray(value)) return value.map((item) => relabel(item, before, after));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Fields;
  if (typeof fields.key === 'string' && Array.isArray(fields.values))
    return { ...fields, values: fields.values.map(changed(fields.key, before, after)) };
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      isLabels(name, field) ? relabelled(field, before, after) : relabel(field, before, after),
    ]),
  );
}

function isLabels(name: string, field: unknown): field is Labels {
  return LABEL_MAPS.includes(name) && typeof field === 'object' && field !== null;
}

function relabelled(labels: Labels, before: Labels, after: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, changed(key, before, after)(value) as string]));
}

function changed(key: string, before: Labels, after: Labels): (value: unknown) => unknown {
  return (value) => (key in after && value === before[key] ? after[key] : value);
}

import type { Fields } from '../features';

/** What several features write into one route: lists follow one another, objects are joined key by key, of all else the last word holds. */
export function joinFields(parts: readonly Fields[]): Fields {
  return parts.reduce<Fields>(joined, {});
}

function joined(all: Fields, more: Fields): Fields {
  const entries = Object.entries(more).map(([key, value]) => [key, both(all[key], value)]);
  return { ...all, ...(Object.fromEntries(entries) as Fields) };
}

function both(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return [...(one as unknown[]), ...(other as unknown[])];
  return isObject(one) && isObject(other) ? joined(one, other) : other;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

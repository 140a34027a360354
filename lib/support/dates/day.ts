import type { IConstruct } from 'constructs';
import { MeshError } from '../mesh-error';

/** A day of the calendar, written so that texts compare as days do. */
export function requireDay(at: IConstruct | string, what: string, text: string): string {
  if (isDay(text)) return text;
  throw new MeshError({ code: 'MESH832', at, what: `${what} is a day of the calendar`, got: text, fix: "write it as '2026-12-31'" });
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** What holds until a day holds on that day, too. Nothing is over where nobody knows which day it is. */
export function isOver(until: string, today: string | undefined): boolean {
  return today !== undefined && today > until;
}

import { isIPv4, isIPv6 } from 'node:net';
import { described } from '../support/options/described';
import { nearestOf } from '../support/options/nearest';
import type { Schema } from './schema';

/** What is wrong with a value that has no fields, and how to mend it. */
export type Complaint = readonly [what: string, fix: string];

const MOST_INT32 = 2 ** 31 - 1;

const FORMATS: Readonly<Record<string, (value: unknown) => boolean>> = {
  int32: (value) => typeof value === 'number' && Math.abs(value) <= MOST_INT32,
  byte: (value) => typeof value === 'string' && /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
  ipv4: (value) => typeof value === 'string' && isIPv4(value),
  ipv6: (value) => typeof value === 'string' && isIPv6(value),
};

/** Those of a text, a number or a boolean that has its schema's type. */
export function complaintOf(value: unknown, schema: Schema): Complaint | undefined {
  const { enum: words, format = '' } = schema;
  if (words && !words.includes(value)) return ['has to be one of its words', wordFix(value, words.map(String))];
  const bounds = typeof value === 'string' ? textBounds(value, schema) : numberBounds(value as number, schema);
  return bounds ?? (isOfFormat(value, format) ? undefined : [`is no ${format}`, `write a value of the format ${format}`]);
}

/** Formats that nobody here knows, as many as Kubernetes passes over, fit anything. */
export function isOfFormat(value: unknown, format: string): boolean {
  return FORMATS[format]?.(value) ?? true;
}

function wordFix(value: unknown, words: readonly string[]): string {
  const near = nearestOf(String(value), words);
  return `${near === undefined ? '' : `did you mean ${near}? `}the words are ${words.join(', ')}`;
}

function textBounds(text: string, { minLength = 0, maxLength = Infinity, pattern }: Schema): Complaint | undefined {
  if (text.length > maxLength && lengthOf(text) > maxLength) return ['is too long', `write at most ${count(maxLength, 'character')}`];
  if (lengthOf(text) < minLength) return ['is too short', `write at least ${count(minLength, 'character')}`];
  if (pattern !== undefined && !patternOf(pattern).test(text)) return ['has not the form that it needs', `write what matches ${pattern}`];
  return undefined;
}

function numberBounds(value: number, { minimum = -Infinity, maximum = Infinity }: Schema): Complaint | undefined {
  if (value < minimum) return ['is too small', `write at least ${minimum}`];
  return value > maximum ? ['is too large', `write at most ${maximum}`] : undefined;
}

export function count(most: number, what: string): string {
  return `${most} ${what}${most === 1 ? '' : 's'}`;
}

// Kubernetes counts characters, JavaScript units of 16 bits.
function lengthOf(text: string): number {
  return [...text].length;
}

const patterns = new Map<string, RegExp>();

// Written for Go, whose escapes the `u` flag of JavaScript refuses.
function patternOf(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
}

/** A value as a finding shows it. */
export function shown(value: unknown): string {
  return described(value);
}

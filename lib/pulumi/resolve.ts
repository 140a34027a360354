import * as pulumi from '@pulumi/pulumi';
import { Deferred } from 'istio-constructs';
import { outputOf } from './deferred-values';

/** A value from the tree with the Outputs in the place of their marks. What has no mark in it stays as it is. */
export function resolve(value: unknown, path: string): pulumi.Input<any> {
  if (typeof value === 'string') return resolveText(value);
  if (typeof value === 'number') return resolveNumber(value);
  if (Array.isArray(value)) return resolveList(value, path);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [requireKey(key, path), resolve(field, `${path}.${key}`)]));
}

function resolveNumber(value: number): pulumi.Input<unknown> {
  const id = Deferred.numberId(value);
  return id === undefined ? value : outputOf(id);
}

/** A mark that is the whole text keeps the type of its value; a text of several parts is put together once all are known. */
function resolveText(text: string): pulumi.Input<unknown> {
  const id = Deferred.textId(text);
  if (id !== undefined) return outputOf(id);
  if (!Deferred.isDeferred(text)) return text;
  const parts = Deferred.parts(text).map((part) => (part.id === undefined ? (part.literal ?? '') : outputOf(part.id)));
  return pulumi.all(parts).apply((known) => known.join(''));
}

/** The items of a list that is known later take their places among those that are known now. */
function resolveList(list: readonly unknown[], path: string): pulumi.Input<unknown> {
  const chunks = list.map((item, index): pulumi.Input<unknown[]> => {
    const id = Deferred.listId([item]);
    return id === undefined ? [resolve(item, `${path}[${index}]`)] : (outputOf(id) as pulumi.Output<unknown[]>);
  });
  if (chunks.length === 1) return chunks[0];
  const isKnown = (chunk: pulumi.Input<unknown[]>): chunk is unknown[] => Array.isArray(chunk);
  return chunks.every(isKnown) ? chunks.flat() : pulumi.all(chunks).apply((known) => (known as unknown[][]).flat());
}

function requireKey(key: string, path: string): string {
  if (!Deferred.isDeferred(key)) return key;
  throw new pulumi.RunError(`${path}: a key has to be known when the program runs\n  fix: put what is known later into a value`);
}

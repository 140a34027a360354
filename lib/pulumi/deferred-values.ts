import * as pulumi from '@pulumi/pulumi';
import { Deferred } from 'istio-constructs';

const outputs: pulumi.Output<unknown>[] = [];

/**
 * Text that may be known only while the stack runs, for wherever a construct takes text that it only passes on.
 * It may become part of a longer text, but no name and no key.
 */
export const asString = (value: pulumi.Input<string>): string => (typeof value === 'string' ? value : Deferred.text(remember(value)));

/** A number that may be known only while the stack runs; nothing can be computed from it before. */
export const asNumber = (value: pulumi.Input<number>): number => (typeof value === 'number' ? value : Deferred.number(remember(value)));

/**
 * A yes or no that may be known only while the stack runs, for fields of objects. An option by which a construct decides what it makes
 * refuses it.
 */
export const asBoolean = (value: pulumi.Input<boolean>): boolean =>
  // No boolean can be marked, so this is text until the object is registered.
  typeof value === 'boolean' ? value : (Deferred.text(remember(value)) as unknown as boolean);

/** A list of text of which the items, or even how many there are, may be known only while the stack runs. */
export function asList(value: pulumi.Input<pulumi.Input<string>[]>): string[] {
  const isPlain = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isPlain ? [...value] : Deferred.list(remember(value));
}

/** The Output behind a mark. */
export function outputOf(id: number): pulumi.Output<unknown> {
  if (outputs[id]) return outputs[id];
  throw new Error(
    `a deferred value came from another copy of istio-constructs-pulumi: npm ls istio-constructs-pulumi shows which are installed`,
  );
}

const remember = (value: pulumi.Input<unknown>): number => outputs.push(pulumi.output(value)) - 1;

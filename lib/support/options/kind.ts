import { Construct, type IConstruct } from 'constructs';
import { kindOf, markKind } from '../marker';
import { article } from './described';

declare const TYPE: unique symbol;

/** How values of a kind are told from others, and what is asked of the values inside. */
export interface Check {
  /** What a value has to be, as a message says it: `a text`. */
  readonly wanted: string;
  /** How somebody writes one. */
  readonly example: string;
  readonly isOne: (value: unknown) => boolean;
  /** What an object of options takes, by key; all other keys are unknown. */
  readonly members?: Readonly<Record<string, Check>>;
  /** What each item of a list is, or each value of a map. */
  readonly each?: Check;
  /** The options that a value of the library is made from. */
  readonly madeFrom?: Check;
  readonly isOptional?: boolean;
  /** Whether it may be known only later. */
  readonly isPassedOn?: boolean;
}

/** What an option of a type takes. */
export interface Kind<T> extends Check {
  readonly [TYPE]?: (value: T) => T;
}

/** The kind of every option of a type of options: the compiler sees to it that none is missing, and that each is of the option's own type. */
export type Shape<Options> = { readonly [Key in keyof Options]-?: Kind<Options[Key]> };

export const TEXT: Kind<string> = { wanted: 'a text', example: "'v1'", isOne: (value) => typeof value === 'string' };

export const NUMBER: Kind<number> = { wanted: 'a number', example: '3', isOne: (value) => typeof value === 'number' };

export const BOOLEAN: Kind<boolean> = { wanted: 'true or false', example: 'true', isOne: (value) => typeof value === 'boolean' };

export const CONSTRUCT: Kind<IConstruct> = {
  wanted: 'a construct',
  example: 'the App, a Chart or the construct of a namespace',
  isOne: (value) => Construct.isConstruct(value),
};

/** An object of options, which says nothing that is not in its shape. */
export function struct<Options>(shape: Shape<Options>): Kind<Options> {
  const members = shape as Readonly<Record<string, Check>>;
  const example = `{ ${Object.keys(members).slice(0, 3).join(', ')} }`;
  return { wanted: 'an object of options', example, isOne: isObject, members };
}

/** An object whose keys are the user's own. */
export function mapOf<T>(each: Kind<T>): Kind<{ [key: string]: T }> {
  return { wanted: 'an object', example: `{ key: ${each.example} }`, isOne: isObject, each };
}

export function listOf<T>(each: Kind<T>): Kind<T[]> {
  return { wanted: 'a list', example: `[${each.example}]`, isOne: (value) => Array.isArray(value), each };
}

/** The values of an enum, in whose place plain texts may stand that are the same. */
export function oneOf<T extends string>(name: string, values: Readonly<Record<string, T>>): Kind<T> {
  const [first] = Object.keys(values);
  const all: readonly unknown[] = Object.values(values);
  return { wanted: `a value of ${name}`, example: `${name}.${first}`, isOne: (value) => all.includes(value) };
}

/** Values of a class of the library. They are known by a mark on its prototype, which this makes, whichever copy of the library made them. */
export function made<T extends object>(
  { prototype }: { readonly prototype: T },
  className: string,
  example: string,
  madeFrom?: Check,
): Kind<T> {
  markKind(prototype, className);
  return { wanted: `${article(className)} ${className}`, example, isOne: (value) => kindOf(value) === className, madeFrom };
}

export function optional<T>(kind: Kind<T>): Kind<T | undefined> {
  return { ...(kind as Check), isOptional: true };
}

/** One on which nothing depends but the field that it is copied to. */
export function passedOn<T>(kind: Kind<T>): Kind<T> {
  return { ...kind, isPassedOn: true };
}

/** Plain, or of a class of the user's own; a list, a Map, a value of the library and a construct mean something else. */
function isObject(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object Object]' && kindOf(value) === undefined && !Construct.isConstruct(value);
}

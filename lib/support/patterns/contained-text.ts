import { escapedPattern } from './escaped-pattern';

/** The pattern of a value that has a text somewhere. */
export function containingPattern(text: string): string {
  return `.*${escapedPattern(text)}.*`;
}

/** The text of such a pattern; undefined of any other. */
export function containedText(pattern: string): string | undefined {
  const text = pattern.slice(2, -2).replace(/\\(.)/g, '$1');
  return text !== '' && containingPattern(text) === pattern ? text : undefined;
}

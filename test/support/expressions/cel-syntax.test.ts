import { celFault } from '../../../lib/support/expressions/cel-syntax';
import { READABLE, UNREADABLE } from './cel-expressions';

describe('an expression of CEL', () => {
  it.each(READABLE)('is read: %s', (text) => {
    expect(celFault(text)).toBeUndefined();
  });

  it.each(UNREADABLE)('is none: %s', (text, rest) => {
    expect(celFault(text)).toBe(rest);
  });
});

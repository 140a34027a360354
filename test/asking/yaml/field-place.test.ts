import { parseDocument } from 'yaml';
import { offsetOfField, placesOf } from '../../../lib/asking/yaml/field-place';

const TEXT = `a:
  b: &x [one, { c: two }]
  d: *x
e:
`;

const document = parseDocument(TEXT);
const at = (...keys: (string | number)[]): string => TEXT.slice(offsetOfField(document, keys)).split('\n')[0];

describe('the place of a field', () => {
  it('is its key, or the item', () => {
    expect(at('a', 'b')).toMatch(/^b: &x/);
    expect(at('a', 'b', 0)).toMatch(/^one/);
    expect(at('a', 'b', 1, 'c')).toMatch(/^c: two/);
    expect(at('e')).toBe('e:');
  });

  it('is found behind an alias, where its anchor stands', () => {
    expect(at('a', 'd', 1, 'c')).toMatch(/^c: two/);
  });

  it('is that of the nearest that is written, where it is not', () => {
    expect(at('a', 'b', 5, 'c')).toMatch(/^b: &x/);
    expect(at('x')).toMatch(/^a:/);
    expect(offsetOfField(parseDocument(''), ['a'])).toBe(0);
  });

  it('has the nodes around it', () => {
    expect(placesOf(document, ['a', 'b', 0]).map(({ pair }) => pair?.key.toString())).toEqual([undefined, 'a', 'b', undefined]);
  });
});

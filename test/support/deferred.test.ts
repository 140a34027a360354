import * as fc from 'fast-check';
import {
  holdsDeferred,
  isDeferred,
  LATER,
  listId,
  listMark,
  MOST_IDS,
  numberId,
  numberMark,
  partsOf,
  readable,
  textId,
  textMark,
} from '../../lib/support/deferred';

const ids = fc.integer({ min: 0, max: MOST_IDS - 1 });
const [text, number, list] = [textMark(12), numberMark(12), listMark(12)];

describe('a mark', () => {
  it('gives its id back', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect([textId(textMark(id)), numberId(numberMark(id)), listId(listMark(id))]).toEqual([id, id, id]);
      }),
    );
  });

  it('is found in a text among words and other marks, a number by its digits', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '0', '-', '$', '{', '}', ':', ' ', '/') }).map((literal) => ({ literal }));
    const marked = fc.record({ id: ids });
    const parts = fc.array(
      fc.tuple(
        words,
        marked,
        fc.constantFrom(
          textMark,
          (id: number) => String(numberMark(id)),
          (id: number) => listMark(id)[0],
        ),
      ),
    );
    fc.assert(
      fc.property(parts, words, (all, last) => {
        const whole = all.map(([{ literal }, { id }, mark]) => literal + mark(id)).join('') + last.literal;
        const expected = [...all.flatMap(([literal, mark]) => [literal, mark]), last].filter(
          (part) => !('literal' in part) || part.literal !== '',
        );
        expect(partsOf(whole)).toEqual(expected);
      }),
    );
  });

  it('is of one kind', () => {
    expect([number, list, String(number), list[0]].map(textId)).toEqual([undefined, undefined, undefined, undefined]);
    expect([text, list, String(number)].map(numberId)).toEqual([undefined, undefined, undefined]);
    expect([text, number, [text], list[0], [...list, 'a'], [...list, ...list], []].map(listId)).toEqual(Array(7).fill(undefined));
  });

  it.each([text, `a ${text}`, number, `${number}m`, list, list[0]])('is told from everything else: %p', (value) => {
    expect([isDeferred(value), holdsDeferred([{ a: { b: value } }])]).toEqual([true, true]);
  });

  it.each([
    '',
    'cart',
    '${deferred:1}',
    '${HOME}',
    '-1234567890123456',
    0,
    -1,
    NaN,
    -Infinity,
    Number.MAX_SAFE_INTEGER,
    null,
    undefined,
    true,
    [],
    ['a'],
    {},
  ])('is not %p', (value) => {
    expect([isDeferred(value), holdsDeferred({ a: [value] })]).toEqual([false, false]);
  });

  it('is no mark any more, and not that of another value, when something is added to it', () => {
    const sums = [-65535, -1000, -1, 1, 2, 3, 1000, 65535].map((each) => number + each);
    expect(sums.map(isDeferred)).toEqual(sums.map(() => false));
    expect([number * 2, number / 2, -number].map(isDeferred)).toEqual([false, false, false]);
  });

  it('is not looked for in objects and in other lists, but at any depth where that is asked', () => {
    expect([isDeferred({ a: text }), isDeferred([text]), isDeferred([number])]).toEqual([false, false, false]);
    expect([holdsDeferred({ [text]: 1 }), holdsDeferred(['a', [{ b: `x${number}` }]])]).toEqual([true, true]);
  });

  it('is said in words to people, and what stands around it stays readable', () => {
    expect([text, String(number), list[0]].map(readable)).toEqual([LATER, LATER, LATER]);
    expect(readable(`${text}.${number}.example.com -1234567890123456`)).toBe('<known later>.<known later>.example.com -1234567890123456');
  });
});

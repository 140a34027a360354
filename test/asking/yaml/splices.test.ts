import * as fc from 'fast-check';
import { type Document, parseDocument } from 'yaml';
import { spliceFor } from '../../../lib/asking/yaml/splices';
import type { Cure } from '../../../lib/model/finding';

function after(text: string, cure: Cure): string | undefined {
  const splice = spliceFor(parseDocument(text, { merge: true }) as Document.Parsed, text, cure);
  return splice && text.slice(0, splice.offset) + splice.text + text.slice(splice.offset + splice.was.length);
}

const rename = (field: Cure['field'], to: string): Cure => ({ field, kind: 'rename', was: String(field.at(-1)), to });
const set = (field: Cure['field'], was: Cure['was'], to: Cure['was']): Cure => ({ field, kind: 'set', was, to });
const remove = (field: Cure['field']): Cure => ({ field, kind: 'remove', was: String(field.at(-1)) });

describe('the edit of a text', () => {
  it('keeps quotes, and writes them where a word would be read as something else', () => {
    const text = `a: x\nb: "x"\nc: 'x'\n? d\n: {e: x, "f": x}\n`;
    expect(after(text, set(['a'], 'x', 'no'))).toBe(text.replace('a: x', 'a: "no"'));
    expect(after(text, set(['a'], 'x', '*.com'))).toBe(text.replace('a: x', 'a: "*.com"'));
    expect(after(text, set(['b'], 'x', 'y"'))).toBe(text.replace('"x"', '"y\\""'));
    expect(after(text, set(['c'], 'x', "y'"))).toBe(text.replace("'x'", "'y'''"));
    expect(after(text, set(['d', 'f'], 'x', 'docker.io/a:1'))).toBe(text.replace('"f": x', '"f": docker.io/a:1'));
    expect(after(text, set(['b'], 'x', 1))).toBe(text.replace('"x"', '1'));
    expect(after(text, rename(['d', 'f'], 'g'))).toBe(text.replace('"f"', '"g"'));
    expect(after(text, rename(['d'], 'h'))).toBe(text.replace('? d', '? h'));
  });

  it('makes a text of what is none', () => {
    const text = 'a: 1.10\nb: True\nc: "1"\nd: .inf\n';
    expect(after(text, { field: ['a'], kind: 'quote', was: 1.1 })).toBe(text.replace('1.10', '"1.10"'));
    expect(after(text, { field: ['b'], kind: 'quote', was: true })).toBe(text.replace('True', '"true"'));
    expect(after(text, { field: ['c'], kind: 'quote', was: '1' })).toBeUndefined();
    expect(after(text, { field: ['d'], kind: 'quote', was: Infinity })).toBe(text.replace('.inf', '".inf"'));
  });

  it('takes whole lines of a field out, with what stands in them', () => {
    const text = 'a: 1 # one\nb:\n  # of b\n  c: |\n    text\n  d: 2\ne: {f: 1, g: 2}\nh:\n- i: 1\n  j: 2';
    expect(after(text, remove(['a']))).toBe(text.replace('a: 1 # one\n', ''));
    expect(after(text, remove(['b', 'c']))).toBe(text.replace('  c: |\n    text\n', ''));
    expect(after(text, remove(['b']))).toBe(text.replace(/^b:[^]*(?=^e)/m, ''));
    for (const field of [['e', 'f'], ['h', 0, 'i'], ['h', 0, 'j'], ['k']]) expect(after(text, remove(field))).toBeUndefined();
    expect(after('a:\n  b: 1\n', remove(['a', 'b']))).toBeUndefined();
    expect(after('a: &x 1\nb: *x\n', remove(['a']))).toBeUndefined();
  });

  it.each<[string, string, Cure]>([
    ['behind an alias', 'a: &x { b: 1 }\nc: *x\n', rename(['c', 'b'], 'd')],
    ['of what an alias takes', 'a: &x { b: 1 }\nc: *x\n', rename(['a', 'b'], 'd')],
    ['of an alias', 'a: &x b\nc: *x\n', set(['c'], 'b', 'd')],
    ['of a value that an alias takes', 'a: &x b\nc: *x\n', set(['a'], 'b', 'd')],
    ['of what is merged in', 'a: &x { b: 1 }\nc: { <<: *x }\n', rename(['c', 'b'], 'd')],
    ['to a field that is there', 'a: 1\nb: 2\n', rename(['a'], 'b')],
    ['of what says something else', 'a: x\n', set(['a'], 'y', 'z')],
    ['of what is not there', 'a: x\n', set(['b'], 'y', 'z')],
    ['over several lines', 'a: "x\n  y"\n', set(['a'], 'x y', 'z')],
    ['of a block', 'a: |\n  x\n', set(['a'], 'x\n', 'z')],
    ['of a block that should be a number', 'a: |-\n  1\n', set(['a'], '1', 1)],
    ['with a tag', 'a: !!str 1\n', set(['a'], '1', 'z')],
    ['without a map', '- a\n', { ...rename([0], 'b'), was: 'a' }],
  ])('is none %s', (_, text, cure) => {
    expect(after(text, cure)).toBeUndefined();
  });

  it('may be of a key whose value is an alias, and of an anchor that nobody takes', () => {
    expect(after('a: &x { b: 1 }\nc: *x\n', rename(['c'], 'd'))).toBe('a: &x { b: 1 }\nd: *x\n');
    expect(after('a: &x b\n', set(['a'], 'b', 'd'))).toBe('a: &x d\n');
  });

  it('changes that one value and no other, whatever the text looks like', () => {
    const value = fc.constantFrom('x', '"x"', "'x'", 'x # kept', '"x"   # kept', '&n x');
    const to = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('no', '1', 'a: b', '# a', '- a', '~', 'a,b', '{a}'));
    const end = fc.constantFrom('\n', '\r\n');
    const start = fc.constantFrom('', '\uFEFF', '# first\n', '%YAML 1.2\n---\n');
    const around = fc.constantFrom(
      (at: string) => `a:\n    - b:   ${at}`,
      (at: string) => `a: \n- # one\n  b: ${at}\n  # two`,
    );
    fc.assert(
      fc.property(value, to, end, start, around, (said, meant, eol, before, made) => {
        const text = `${before}${made(said)}\nz: [1, 2] # last\n`.replaceAll('\n', eol);
        const now = after(text, set(['a', 0, 'b'], 'x', meant))!;
        expect(parseDocument(now).toJS()).toEqual({ a: [{ b: meant }], z: [1, 2] });
        const [quoted] = /x\b|"x"|'x'/.exec(text.slice(text.indexOf('b:')))!;
        const at = text.indexOf(quoted, text.indexOf('b:'));
        expect(now.slice(0, at)).toBe(text.slice(0, at));
        expect(now.endsWith(text.slice(at + quoted.length))).toBe(true);
      }),
    );
  });
});

import { type MeshFinding, Verdicts } from 'istio-constructs';
import { RULES } from '../../lib/rules';
import { filesOf, read } from '../architecture/sources';
import { CURES } from './cured';

const FILE = 'mesh.yaml';

const foundIn = (text: string): MeshFinding[] => Verdicts.lint({ name: FILE, text }).findings;

function cured(text: string, code: string): string {
  const edits = foundIn(text).flatMap((finding) => (finding.code === code ? (finding.cure ?? []) : []));
  return [...edits]
    .sort((a, b) => b.offset - a.offset)
    .reduce((before, { offset, was, text: now }) => {
      expect(before.slice(offset).startsWith(was)).toBe(true);
      return before.slice(0, offset) + now + before.slice(offset + was.length);
    }, text);
}

describe('the cure of a finding', () => {
  it.each(CURES)('of $code: $what', ({ code, text, was, now }) => {
    const after = cured(text, code);
    expect(after).toBe(text.replace(was, now));
    expect(foundIn(after).map((finding) => finding.code)).not.toContain(code);
    expect(foundIn(after).map((finding) => finding.code)).not.toContain('MESH890');
  });

  it('says where it stands', () => {
    const [{ text, code }] = CURES;
    const [{ cure, path }] = foundIn(text).filter((finding) => finding.code === code);
    expect(cure).toHaveLength(1);
    expect(path).toBe(`${cure![0].file}:${cure![0].line}:${cure![0].column}`);
  });

  it('is told on the page of each code that has one, and on no other', () => {
    const known = [...new Set(CURES.map(({ code }) => code))].sort();
    const told = filesOf('docs/rules', '.md').filter((file) => read(file).includes('`lint --fix` mends'));
    expect(told.map((file) => /MESH\d+/.exec(file)![0]).sort()).toEqual(known);
    const saying = filesOf('lib/rules', '.ts').filter((file) => /\bcures\b/.test(read(file)) && read(file).includes('= rule({'));
    expect(saying.map((file) => /code: '(MESH\d+)'/.exec(read(file))![1]).sort()).toEqual(known);
    expect(RULES.map(({ code }) => code)).toEqual(expect.arrayContaining(known));
  });
});

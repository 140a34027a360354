import * as fc from 'fast-check';
import { Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../../lib/cli/formats/issue';
import { mend } from '../../lib/cli/lint/mending';
import { CURES } from '../asking/cured';

const NAME = 'mesh.yaml';

const findOf =
  (wanted: string) =>
  (files: readonly YamlFile[]): Issue[] =>
    Verdicts.lint(...files).findings.flatMap(({ code, cure }) =>
      code === wanted ? [{ code, level: 'error' as const, text: '', details: [], file: NAME, cure }] : [],
    );

describe('what --fix writes', () => {
  it('is one word, whatever stands around it, and nothing the second time', () => {
    const decoration = fc.record({
      eol: fc.constantFrom('\n', '\r\n'),
      first: fc.constantFrom('', '# who\n', '\n\n', '---\n', '# \u00e4\ud83d\ude42\n---\n'),
      last: fc.constantFrom('', '# end\n', '\n', '...\n'),
      between: fc.constantFrom('---\n', '--- # next\n# next\n', '---\n\n'),
    });
    fc.assert(
      fc.property(fc.constantFrom(...CURES), decoration, ({ code, text, was, now }, { eol, first, last, between }) => {
        const decorated = (plain: string): string => `${first}${plain.replaceAll('---\n', between)}${last}`.replaceAll('\n', eol);
        const mended = mend([{ name: NAME, text: decorated(text) }], findOf(code));
        expect(mended.files[0].text).toBe(decorated(text.replace(was, now)));
        expect(mended.counts.get(NAME)).toBe(1);
        const again = mend(mended.files, findOf(code));
        expect(again.files[0].text).toBe(mended.files[0].text);
        expect(again.counts.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('waits with what touches the same letters, and brings to light what was hidden', () => {
    const files = [{ name: NAME, text: 'abc' }];
    const edit = (offset: number, was: string, text: string) => ({ file: NAME, line: 1, column: 1, offset, was, text });
    const issue = (...cure: ReturnType<typeof edit>[]): Issue => ({
      code: 'MESH119',
      level: 'error',
      text: '',
      details: [],
      file: NAME,
      cure,
    });
    const find = ([{ text }]: readonly YamlFile[]): Issue[] =>
      text === 'abc' ? [issue(edit(0, 'ab', 'AB')), issue(edit(1, 'b', 'x'))] : text === 'ABc' ? [issue(edit(2, 'c', 'C'))] : [];
    const mended = mend(files, find);
    expect(mended.files).toEqual([{ name: NAME, text: 'ABC' }]);
    expect(mended.counts.get(NAME)).toBe(2);
  });
});

import * as library from 'istio-constructs';
import * as ts from 'typescript';
import { read } from '../architecture/sources';

const page = read('docs/ask.md');
const examples = [...page.matchAll(/^```ts\n([\s\S]*?)^```\n+^```text\n([\s\S]*?)^```/gm)].map(([, code, printed]) => ({ code, printed }));

describe('docs/ask.md', () => {
  it('has examples', () => {
    // The last one is a test itself.
    expect(examples).toHaveLength([...page.matchAll(/^```ts/gm)].length - 1);
  });

  it.each(examples)('shows what its examples print', ({ code, printed }) => {
    expect(`${linesOf(code).join('\n')}\n`).toBe(printed);
  });
});

/** What a program prints. */
function linesOf(code: string): string[] {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const lines: string[] = [];
  const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
  const packages = (name: string): unknown => (name === 'istio-constructs' ? library : require(name));
  new Function('require', 'exports', 'console', outputText)(packages, {}, console);
  return lines;
}

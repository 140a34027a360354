import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { ANALYZERS, type IstioFile, istioText } from './module';

/** What the tests of Istio's analyzers expect of some of their manifests. */
export interface AnalyzerCase {
  readonly name: string;
  readonly files: readonly IstioFile[];
  readonly expected: readonly ExpectedMessage[];
}

export interface ExpectedMessage {
  /** `IST0101`. */
  readonly code: string;
  /** The object that it is about: `VirtualService default/reviews`. */
  readonly origin: string;
}

interface Messages {
  readonly messages: readonly { readonly code: string; readonly name: string }[];
}

/** Every case of Istio's own table that expects something. */
export function analyzerCases(): AnalyzerCase[] {
  const [, grid] = istioText(join(ANALYZERS, 'analyzers_test.go')).split(/^var testGrid = .*$/m);
  const { messages } = parse(istioText(join(dirname(ANALYZERS), 'msg/messages.yaml'))) as Messages;
  const codes = new Map(messages.map(({ code, name }) => [name, code]));
  const blocks = grid.split(/^\t\{$/m).slice(1);
  return blocks.map((block) => readCase(block, codes)).filter(({ expected }) => expected.length > 0);
}

function readCase(block: string, codes: ReadonlyMap<string, string>): AnalyzerCase {
  const said = block.split(/^\t\},$/m)[0].replace(/\/\/.*$/gm, '');
  const [name] = textsIn(/^\t\tname:\s*"([^"]+)"/m, said);
  const [list] = textsIn(/inputFiles:\s*\[\]string\{([^}]*)\}/, said);
  const files = [...list.matchAll(/"([^"]+)"/g)].map(([, file]) => ({ name: file, text: istioText(join(ANALYZERS, file)) }));
  const messages = [...said.matchAll(/\{msg\.(\w+), "([^"]*)"\}/g)].map(([, message, origin]) => ({ code: codes.get(message)!, origin }));
  return { name, files, expected: [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()] };
}

const textsIn = (pattern: RegExp, text: string): string[] => pattern.exec(text)?.slice(1) ?? [];

import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { graph, type GraphFormat, type Opened } from '../commands/graph';
import { type Outcome, UsageError } from '../outcome';
import { allOf, type Done, type FileOptions, textsOf, withFiles } from './inputs';
import { several } from './several';

interface GraphOptions extends FileOptions, Opened {
  readonly format?: GraphFormat;
  readonly output?: string;
}

const FORMATS: readonly GraphFormat[] = ['html', 'mermaid', 'dot', 'svg', 'json'];

const BY_ENDING: Readonly<Record<string, GraphFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.dot': 'dot',
  '.gv': 'dot',
  '.svg': 'svg',
  '.json': 'json',
};

const GRAPH_CODES = `
Exit codes: 0 drawn, 2 no way to draw it.`;

export function addGraph(program: Command, done: Done): void {
  withFiles(program.command('graph [inputs...]'))
    .description('who may call whom, drawn: files, folders, patterns, or - for what is piped in (default: .)')
    .addOption(new Option('--format <format>', 'how to write it (default: as the name of the file ends, else mermaid)').choices(FORMATS))
    .option('-o, --output <file>', 'file to write, instead of printing it')
    .option('--expand <namespace>', 'draw what is in this namespace, and others closed; may be said several times', several)
    .option('--all', 'draw what is in every namespace, however much it is')
    .addHelpText('after', `\nExample: istio-constructs graph k8s -o mesh.html${GRAPH_CODES}`)
    .action(async (paths: string[], options: GraphOptions) => {
      const format = options.format ?? formatFor(options.output);
      const files = textsOf(allOf(paths, options), options).filter(({ name }) => name !== options.output);
      done(written(await graph(files, options, format), options.output));
    });
}

function formatFor(file: string | undefined): GraphFormat {
  if (file === undefined) return 'mermaid';
  const format = BY_ENDING[extname(file).toLowerCase()];
  if (format) return format;
  throw new UsageError(`${file}: say --format, or let the name end with ${Object.keys(BY_ENDING).join(', ')}`);
}

function written(outcome: Outcome, file: string | undefined): Outcome {
  if (file === undefined) return outcome;
  try {
    writeFileSync(file, outcome.text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
  return { ...outcome, text: '' };
}

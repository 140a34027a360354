import type { Command } from 'commander';
import { lint, type LintFormat } from '../commands/lint';
import { formatOption } from './format-option';
import { type Done, EXIT_CODES, type InputOptions, textsOf, withInputs } from './inputs';

interface LintOptions extends InputOptions {
  readonly format: LintFormat;
}

export function addLint(program: Command, done: Done): void {
  withInputs(program.command('lint [inputs...]'))
    .description('what is wrong in manifests: files, folders, patterns, or - for what is piped in (default: .)')
    .addOption(formatOption('text', 'json', 'markdown', 'sarif', 'junit', 'github'))
    .addHelpText('after', `\nExample: helm template shop | istio-constructs lint -${EXIT_CODES}`)
    .action((paths: string[], options: LintOptions) => done(lint(textsOf(paths, options), options.format)));
}

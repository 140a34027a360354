import type { Command } from 'commander';
import { diff, type DiffFormat } from '../commands/diff';
import { formatOption } from './format-option';
import { type Done, type InputOptions, textsOf, withInputs } from './inputs';

interface DiffOptions extends InputOptions {
  readonly format: DiffFormat;
}

const DIFF_CODES = `
Exit codes: 0 nothing is opened or weakened, 1 something is, 2 no way to judge.`;

export function addDiff(program: Command, done: Done): void {
  withInputs(program.command('diff <older> <newer>'))
    .description('which requests fare otherwise in a newer version: opened, closed, sent elsewhere, protected otherwise')
    .addOption(formatOption('text', 'json', 'markdown', 'github'))
    .addHelpText('after', `\nExample: istio-constructs diff main/k8s k8s --format markdown${DIFF_CODES}`)
    .action((older: string, newer: string, options: DiffOptions) =>
      done(diff(textsOf([older], options), textsOf([newer], options), options.format)),
    );
}

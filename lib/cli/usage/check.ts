import type { Command } from 'commander';
import { check, type CheckFormat } from '../commands/check';
import { readRules } from '../inputs/read-rules';
import { formatOption } from './format-option';
import { type Done, EXIT_CODES, type FileOptions, textsOf, withFiles } from './inputs';

interface CheckOptions extends FileOptions {
  readonly format: CheckFormat;
}

export function addCheck(program: Command, done: Done): void {
  withFiles(program.command('check <rules>'))
    .description('whether a mesh does what a file of rules says: of single requests, and of all that get to a service')
    .addOption(formatOption('text', 'json', 'markdown', 'junit', 'github'))
    .addHelpText('after', `\nExample: istio-constructs check mesh-rules.yaml -f k8s --format junit > mesh.xml${EXIT_CODES}`)
    .action((rules: string, options: CheckOptions) => {
      const read = readRules(rules);
      done(
        check(
          textsOf(options.file, options).filter(({ name }) => name !== rules),
          rules,
          read,
          options.format,
        ),
      );
    });
}

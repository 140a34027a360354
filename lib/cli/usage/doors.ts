import type { Command } from 'commander';
import { doors, type DoorsFormat } from '../commands/doors';
import { formatOption } from './format-option';
import { type Done, type FileOptions, textsOf, withFiles } from './inputs';

interface DoorsOptions extends FileOptions {
  readonly format: DoorsFormat;
}

const DOORS_CODES = `
Exit codes: 0 there is none, 1 there is one, 2 no way to judge.`;

export function addDoors(program: Command, done: Done): void {
  withFiles(program.command('doors <callee>'))
    .description('every way in of somebody whom nobody has named: gateways, ports of nodes, pod addresses, other Services, plaintext')
    .addOption(formatOption('text', 'json', 'markdown', 'github'))
    .addHelpText('after', `\nExample: istio-constructs doors payments/payment -f k8s${DOORS_CODES}`)
    .action((callee: string, options: DoorsOptions) => done(doors(textsOf(options.file, options), callee, options.format)));
}

import type { Command } from 'commander';
import { reach, type ReachFormat } from '../commands/reach';
import { UsageError } from '../outcome';
import { checkPort } from './asked';
import { formatOption } from './format-option';
import { type Done, EXIT_CODES, type FileOptions, textsOf, withFiles } from './inputs';

interface ReachOptions extends FileOptions {
  readonly from?: string;
  readonly format: ReachFormat;
}

export function addReach(program: Command, done: Done): void {
  withFiles(program.command('reach [callee]'))
    .description('who may reach a callee, by which requests; with --from, by which requests that one may, or what it may reach')
    .option('--from <caller>', 'shop/cart, edge/gateway, or pod:shop for a pod that the manifests do not have')
    .addOption(formatOption('text', 'json', 'markdown'))
    .addHelpText(
      'after',
      `\nExamples: istio-constructs reach payments/payment -f k8s\n          istio-constructs reach --from shop/cart -f k8s${EXIT_CODES}`,
    )
    .action((to: string | undefined, options: ReachOptions) => {
      const { from, file, format } = options;
      if (to === undefined && from === undefined) throw new UsageError('say whom to reach, or --from whom');
      if (to !== undefined) checkPort(to);
      done(reach(textsOf(file, options), { from, to }, format));
    });
}

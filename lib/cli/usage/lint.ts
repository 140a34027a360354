import { type Command, Option } from 'commander';
import { lint, type LintWishes } from '../commands/lint';
import { LEVELS, severity } from '../lint/severities';
import { UsageError } from '../outcome';
import { formatOption } from './format-option';
import { allOf, type Done, EXIT_CODES, type FileOptions, textsOf, withFiles } from './inputs';

type LintOptions = FileOptions & LintWishes;

export function addLint(program: Command, done: Done): void {
  withFiles(program.command('lint [inputs...]'))
    .description('what is wrong in manifests: files, folders, patterns, or - for what is piped in (default: .)')
    .addOption(formatOption('text', 'json', 'markdown', 'sarif', 'junit', 'github'))
    .option('--severity <code=level>', 'how bad a code is: error, warning, info or off; may be said several times', severity)
    .addOption(new Option('--fail-on <level>', 'the mildest level with which it ends with 1').choices(LEVELS).default('warning'))
    .option('--baseline <file>', 'findings that are known and do not count')
    .option('--write-baseline <file>', 'write down what is found now as known, and end with 0')
    .option('--fix', 'mend in the files what nobody has to judge, and tell what is left')
    .addOption(new Option('--dry-run', 'with --fix: write nothing, and print the change as a unified diff').conflicts('writeBaseline'))
    .addHelpText('after', `\nExample: helm template shop | istio-constructs lint -${EXIT_CODES}`)
    .action((paths: string[], options: LintOptions) => {
      refuseUnwritable(allOf(paths, options), options);
      done(lint(textsOf(allOf(paths, options), options), options));
    });
}

function refuseUnwritable(paths: readonly string[], { fix, dryRun }: LintOptions): void {
  if (dryRun && !fix) throw new UsageError('--dry-run goes with --fix');
  if (fix && !dryRun && paths.includes('-')) throw new UsageError('--fix mends files: what is piped in it shows with --dry-run alone');
}

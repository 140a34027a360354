import { type Command, Option } from 'commander';
import { lint, type LintWishes } from '../commands/lint';
import { LEVELS, severity } from '../lint/severities';
import { formatOption } from './format-option';
import { type Done, EXIT_CODES, type InputOptions, textsOf, withInputs } from './inputs';

type LintOptions = InputOptions & LintWishes;

export function addLint(program: Command, done: Done): void {
  withInputs(program.command('lint [inputs...]'))
    .description('what is wrong in manifests: files, folders, patterns, or - for what is piped in (default: .)')
    .addOption(formatOption('text', 'json', 'markdown', 'sarif', 'junit', 'github'))
    .option('--severity <code=level>', 'how bad a code is: error, warning, info or off; may be said several times', severity)
    .addOption(new Option('--fail-on <level>', 'the mildest level with which it ends with 1').choices(LEVELS).default('warning'))
    .option('--baseline <file>', 'findings that are known and do not count')
    .option('--write-baseline <file>', 'write down what is found now as known, and end with 0')
    .addHelpText('after', `\nExample: helm template shop | istio-constructs lint -${EXIT_CODES}`)
    .action((paths: string[], options: LintOptions) => done(lint(textsOf(paths, options), options)));
}

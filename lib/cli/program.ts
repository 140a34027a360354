import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { check, type CheckFormat } from './commands/check';
import { diff, type DiffFormat } from './commands/diff';
import { explain, type ExplainFormat } from './commands/explain';
import { lint, type LintFormat } from './commands/lint';
import { reach, type ReachFormat } from './commands/reach';
import { complaintOf } from './complaint';
import { readFiles } from './inputs/read-files';
import { readRules } from './inputs/read-rules';
import { NO_JUDGEMENT, type Outcome, UsageError } from './outcome';

interface ExplainOptions {
  readonly from: string;
  readonly to: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly claim?: Readonly<Record<string, string[]>>;
  readonly issuer?: string;
  readonly audience?: string[];
  readonly file?: string[];
  readonly format: ExplainFormat;
}

interface CheckOptions {
  readonly file?: string[];
  readonly format: CheckFormat;
}

interface ReachOptions {
  readonly from?: string;
  readonly file?: string[];
  readonly format: ReachFormat;
}

const EXIT_CODES = `
Exit codes: 0 clean, 1 found (a refusal, a rule that does not hold, an error or a warning), 2 no way to judge.`;

/** Runs a command line, and says with which code it ends. */
export async function run(args: readonly string[]): Promise<number> {
  let outcome: Outcome | undefined;
  const program = programFor((made) => (outcome = made));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : NO_JUDGEMENT;
    const complaint = complaintOf(error);
    if (complaint === undefined) throw error;
    process.stderr.write(`${complaint}\n`);
    return NO_JUDGEMENT;
  }
  process.stderr.write((outcome?.notes ?? []).map((note) => `note: ${note}\n`).join(''));
  process.stdout.write(outcome?.text ?? '');
  return outcome?.code ?? 0;
}

function programFor(done: (outcome: Outcome) => void): Command {
  const program = new Command('istio-constructs').description('Says what an Istio mesh does, from its manifests alone.').exitOverride();
  addExplain(program, done);
  addCheck(program, done);
  addLint(program, done);
  addReach(program, done);
  addDiff(program, done);
  return program;
}

const FILES = ['-f, --file <path>', 'file, folder, pattern, or - for what is piped in; may be said several times (default: .)'] as const;

function addExplain(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('explain [method] [path]')
    .description('what becomes of one request: who decides, hop by hop, and what would let it in')
    .requiredOption('--from <caller>', 'shop/cart, edge/gateway, or pod:shop for a pod that the manifests do not have')
    .requiredOption('--to <callee>', 'payments/payment:8080, shop.example.com:443, or pod:shop/cart-v1:8080')
    .option('-H, --header <name:value>', 'a header; may be said several times', header)
    .option('--claim <name=value>', "a claim of the caller's token; may be said several times", claim)
    .option('--issuer <url>', 'issuer of the token, where the manifests trust several')
    .option('--audience <name>', 'for whom the token is; may be said several times', several)
    .option(...FILES, several)
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json', 'markdown', 'github']).default('text'))
    .addHelpText(
      'after',
      `\nExample: istio-constructs explain --from shop/cart --to payments/payment:8080 POST /payments/1 -f k8s${EXIT_CODES}`,
    )
    .action((method: string | undefined, path: string | undefined, options: ExplainOptions) => {
      const { from, to, header: headers, claim: claims, issuer, audience: audiences, file, format } = options;
      const line = method?.startsWith('/') ? { path: method } : { method, path };
      if (line.path !== undefined && !line.path.startsWith('/'))
        throw new UsageError(`a path begins with a slash, and ${line.path} does not`);
      done(explain(readFiles(inputs(file)), { caller: from, callee: to, ...line, headers, claims, issuer, audiences }, format));
    });
}

function addCheck(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('check <rules>')
    .description('whether requests are let in, refused and shared out as a file of rules expects')
    .option(...FILES, several)
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json', 'markdown', 'junit', 'github']).default('text'))
    .addHelpText('after', `\nExample: istio-constructs check mesh-rules.yaml -f k8s --format junit > mesh.xml${EXIT_CODES}`)
    .action((rules: string, { file, format }: CheckOptions) => {
      const expectations = readRules(rules);
      done(
        check(
          readFiles(inputs(file)).filter(({ name }) => name !== rules),
          rules,
          expectations,
          format,
        ),
      );
    });
}

function addLint(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('lint [inputs...]')
    .description('what is wrong in manifests: files, folders, patterns, or - for what is piped in (default: .)')
    .addOption(
      new Option('--format <format>', 'how to write it').choices(['text', 'json', 'markdown', 'sarif', 'junit', 'github']).default('text'),
    )
    .addHelpText('after', `\nExample: helm template shop | istio-constructs lint -${EXIT_CODES}`)
    .action((paths: string[], { format }: { readonly format: LintFormat }) => done(lint(readFiles(inputs(paths)), format)));
}

function addReach(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('reach [callee]')
    .description('who may reach a callee, by which requests; with --from, by which requests that one may, or what it may reach')
    .option('--from <caller>', 'shop/cart, edge/gateway, or pod:shop for a pod that the manifests do not have')
    .option(...FILES, several)
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json', 'markdown']).default('text'))
    .addHelpText(
      'after',
      `\nExamples: istio-constructs reach payments/payment -f k8s\n          istio-constructs reach --from shop/cart -f k8s${EXIT_CODES}`,
    )
    .action((to: string | undefined, { from, file, format }: ReachOptions) => {
      if (to === undefined && from === undefined) throw new UsageError('say whom to reach, or --from whom');
      done(reach(readFiles(inputs(file)), { from, to }, format));
    });
}

function addDiff(program: Command, done: (outcome: Outcome) => void): void {
  program
    .command('diff <older> <newer>')
    .description('which requests fare otherwise in a newer version: opened, closed, sent elsewhere, protected otherwise')
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json', 'markdown', 'github']).default('text'))
    .addHelpText('after', `\nExample: istio-constructs diff main/k8s k8s --format markdown${DIFF_CODES}`)
    .action((older: string, newer: string, { format }: { readonly format: DiffFormat }) =>
      done(diff(readFiles([older]), readFiles([newer]), format)),
    );
}

const DIFF_CODES = `
Exit codes: 0 nothing is opened or weakened, 1 something is, 2 no way to judge.`;

function inputs(said: readonly string[] = []): readonly string[] {
  return said.length === 0 ? ['.'] : said;
}

function several(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function header(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^:\s]+):\s*(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('write for example x-tenant:acme');
  return { ...before, [name]: value };
}

function claim(text: string, before: Readonly<Record<string, string[]>> = {}): Record<string, string[]> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('write for example role=clerk');
  return { ...before, [name]: [...(before[name] ?? []), value] };
}

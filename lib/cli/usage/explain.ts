import { type Command, InvalidArgumentError } from 'commander';
import { explain, type ExplainFormat } from '../commands/explain';
import { UsageError } from '../outcome';
import { checkMethod, checkPort } from './asked';
import { formatOption } from './format-option';
import { type Done, EXIT_CODES, type FileOptions, textsOf, withFiles } from './inputs';
import { several } from './several';

interface ExplainOptions extends FileOptions {
  readonly from: string;
  readonly to: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly claim?: Readonly<Record<string, string[]>>;
  readonly issuer?: string;
  readonly audience?: string[];
  readonly format: ExplainFormat;
}

export function addExplain(program: Command, done: Done): void {
  withFiles(program.command('explain [method] [path]'))
    .description('what becomes of one request: who decides, hop by hop, and what would let it in')
    .requiredOption('--from <caller>', 'shop/cart, edge/gateway, or pod:shop for a pod that the manifests do not have')
    .requiredOption('--to <callee>', 'payments/payment:8080, shop.example.com:443, or pod:shop/cart-v1:8080')
    .option('-H, --header <name:value>', 'a header; may be said several times', header)
    .option('--claim <name=value>', "a claim of the caller's token; may be said several times", claim)
    .option('--issuer <url>', 'issuer of the token, where the manifests trust several')
    .option('--audience <name>', 'for whom the token is; may be said several times', several)
    .addOption(formatOption('text', 'json', 'markdown', 'github'))
    .addHelpText(
      'after',
      `\nExample: istio-constructs explain --from shop/cart --to payments/payment:8080 POST /payments/1 -f k8s${EXIT_CODES}`,
    )
    .action((method: string | undefined, path: string | undefined, options: ExplainOptions) => {
      const { from, to, header: headers, claim: claims, issuer, audience: audiences, file, format } = options;
      const line = method?.startsWith('/') ? { path: method } : { method, path };
      if (line.path !== undefined && !line.path.startsWith('/'))
        throw new UsageError(`a path begins with a slash, and ${line.path} does not`);
      checkMethod(line.method);
      checkPort(to);
      done(explain(textsOf(file, options), { caller: from, callee: to, ...line, headers, claims, issuer, audiences }, format));
    });
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

import type { IConstruct } from 'constructs';
import { MeshRegistry } from '../access/mesh-registry';
import type { Finding } from '../model/finding';
import { assemble } from './assemble';
import { judge } from './judge';
import { findingText } from './report-text';

const GUARDED = Symbol.for('istio-constructs.Guarded');

/** Lets the rules run when an App is synthesized: errors stop it before a file is written, all at once; the rest is printed. */
export function guard(root: IConstruct): void {
  if (GUARDED in root) return;
  const run = new GuardRun(root);
  Object.defineProperty(root, GUARDED, { value: run });
  root.node.addValidation({ validate: () => run.errors() });
}

// cdk8s validates the whole App once and then again for each chart: as long as nothing was said in between, one answer serves them all.
class GuardRun {
  private answer?: { readonly revision: number; readonly errors: string[] };
  private readonly printed = new Set<string>();

  constructor(private readonly root: IConstruct) {}

  errors(): string[] {
    const { revision } = MeshRegistry.of(this.root);
    if (this.answer?.revision === revision) return this.answer.errors;

    const findings = judge(this.root, assemble(this.root));
    findings.filter((finding) => finding.level !== 'error' && finding.acknowledged === undefined).forEach((finding) => this.print(finding));
    const errors = findings.filter((finding) => finding.level === 'error').map((finding) => `error ${findingText(finding)}`);
    this.answer = { revision, errors };
    queueMicrotask(() => (this.answer = undefined));
    return errors;
  }

  private print(finding: Finding): void {
    const text = `${finding.level} ${findingText(finding)}`;
    if (this.printed.has(text)) return;
    this.printed.add(text);
    process.stderr.write(`${text}\n`);
  }
}

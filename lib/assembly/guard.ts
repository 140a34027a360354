import type { IConstruct } from 'constructs';
import type { Finding } from '../model/finding';
import { assemble } from './assemble';
import { judge } from './judge';
import { ManifestCache } from './manifest-cache';
import { printFindings } from './report-text';

const GUARDED = Symbol.for('istio-constructs.Guarded');
const ENTRANCES = ['synth', 'synthYaml'];

type Synthesizing = IConstruct & Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** Lets the rules run when an App is synthesized: errors stop it before a file is written, all at once; the rest is printed. */
export function guard(root: IConstruct): void {
  if (GUARDED in root) return;
  const run = new GuardRun(root);
  Object.defineProperty(root, GUARDED, { value: run });
  root.node.addValidation({ validate: () => run.errors() });
  for (const name of ENTRANCES) run.wrap(root as Synthesizing, name);
}

// cdk8s validates the whole App once and then again for each chart. Within one synth nothing is said any more, so that one answer serves
// them all, and what the rules have rendered need not be rendered again. Outside, as in a
// test of one chart, each question is a new one, and only errors are told.
class GuardRun {
  private cache?: ManifestCache;
  private answer?: string[];
  private readonly printed = new Set<string>();

  constructor(private readonly root: IConstruct) {}

  errors(): string[] {
    if (this.answer) return this.answer;
    const findings = judge(this.root, assemble(this.root, this.cache));
    const isError = ({ level }: Finding): boolean => level === 'error';
    const errors = printFindings(findings.filter(isError), new Set());
    if (!this.cache) return errors;
    const others = findings.filter((finding) => !isError(finding) && finding.acknowledged === undefined);
    printFindings(others, this.printed).forEach((text) => process.stderr.write(`${text}\n`));
    this.answer = errors;
    return errors;
  }

  wrap(root: Synthesizing, name: string): void {
    const original = root[name];
    if (typeof original !== 'function') return;
    root[name] = (...args) => {
      this.cache = new ManifestCache();
      try {
        return original.apply(root, args);
      } finally {
        this.cache.restore();
        this.cache = undefined;
        this.answer = undefined;
      }
    };
  }
}

import { ApiObject, Chart, DependencyGraph, Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { makeReady, settle } from '../graph/settle';
import type { Finding } from '../model/finding';
import { forEveryReader } from '../support/yaml/every-reader';
import { assemble } from './assemble';
import { FindingsError } from './findings-error';
import { judge } from './judge';
import { ManifestCache } from './manifest-cache';
import { requireOwnFiles } from './own-files';
import { printFindings } from './report-text';

const GUARDED = Symbol.for('istio-constructs.Guarded');
const ENTRANCES = ['synth', 'synthYaml'];
const RUNS = new WeakMap<IConstruct, GuardRun>();

type Guarded = IConstruct & { [GUARDED]?: true };
type Methods = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/**
 * Watches everything through which the tree around a construct is read. Before that all objects are made that follow from what was said; and
 * when the App is synthesized the rules run: errors stop it before a file is written, all at once, and the rest is printed.
 */
export function guard(scope: IConstruct): void {
  const { root } = scope.node;
  const run = RUNS.get(root) ?? new GuardRun(root);
  RUNS.set(root, run);
  if (isNew(root)) {
    root.node.addValidation({ validate: () => run.errors() });
    for (const name of ENTRANCES) run.watchApp(root as unknown as Methods, name);
  }
  for (const chart of scope.node.scopes.filter((one) => Chart.isChart(one)).filter(isNew)) run.watchChart(chart);
}

function isNew(construct: Guarded): boolean {
  if (construct[GUARDED]) return false;
  Object.defineProperty(construct, GUARDED, { value: true });
  return true;
}

/** What cdk8s answers for a chart, in a synth that has sorted and validated the App already: it would do both again for each chart. */
function ownObjects(chart: Chart): unknown[] {
  const objects = new DependencyGraph(chart.node).topology().filter((node) => ApiObject.isApiObject(node));
  return objects.filter((object) => Chart.of(object) === chart).map((object): unknown => object.toJson());
}

/** While it runs, whatever cdk8s writes is read alike by all. cdk8s has no setting for that. */
function writingForAll<T>(write: () => T): T {
  const { stringify } = Yaml;
  Yaml.stringify = (...documents) => forEveryReader(stringify, documents);
  try {
    return write();
  } finally {
    Yaml.stringify = stringify;
  }
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
    return errors;
  }

  watchApp(app: Methods, name: string): void {
    const original = app[name];
    if (typeof original !== 'function') return;
    app[name] = (...args) => {
      makeReady(this.root);
      this.cache = new ManifestCache();
      try {
        return this.read(() => {
          if (name === 'synth') requireOwnFiles(this.root);
          return writingForAll(() => original.apply(app, args));
        });
      } finally {
        this.cache.restore();
        this.cache = undefined;
      }
    };
  }

  // A test of one chart, or a back end, reads it without the App. cdk8s sorts objects before it asks anybody, so that they must be there by then.
  watchChart(chart: Chart): void {
    const isPlain = chart.toJson === Chart.prototype.toJson;
    const original = chart.toJson.bind(chart);
    chart.toJson = () => {
      if (this.answer) settle(this.root);
      else makeReady(this.root);
      return this.read(() => (this.cache && isPlain ? ownObjects(chart) : original()));
    };
  }

  // Errors are told before cdk8s asks for them: it would bury the report under lines of its own.
  private read<T>(act: () => T): T {
    const before = this.answer;
    const errors = this.errors();
    this.answer = errors;
    try {
      if (errors.length > 0) throw new FindingsError([...errors, ...this.errorsOfOthers(errors)]);
      return act();
    } finally {
      this.answer = before;
    }
  }

  private errorsOfOthers(ours: readonly string[]): string[] {
    return this.root.node.findAll().flatMap(({ node }) => {
      const errors = node.validate().filter((text) => !ours.includes(text));
      return errors.map((text) => `error at ${node.path}: ${text}`);
    });
  }
}

import type { IConstruct } from 'constructs';
import type { Finding, MeshEdit } from '../model/finding';
import type { MeshModel } from '../model/mesh-model';
import { isDeferred, readable } from '../support/deferred';
import { CONSTRUCT } from '../support/options/kind';
import { requireArguments } from '../support/options/require-options';
import { lookAgain } from '../graph/settle';
import { accessPage } from './access/access-page';
import { openings } from './access/openings';
import type { MeshCall, MeshOpening } from './access/reported-access';
import { reportedCalls } from './access/reported-calls';
import { assemble } from './assemble';
import { judge } from './judge';
import { meshJson } from './mesh-json';
import { findingText } from './report-text';
import type { MeshRequirements } from './requirements/reported-requirements';
import { requirements } from './requirements/requirements';

/** One thing that the rules found. */
export interface MeshFinding {
  /** Code of the rule; `docs/rules` of this package has a page for each. */
  readonly code: string;
  /** `error`, `warning` or `info`. */
  readonly level: string;
  /** Path of the construct that it is about. */
  readonly path: string;
  /** What, where, how to mend it, as it is printed. */
  readonly text: string;
  /**
   * Reason of the acknowledgement that silences it.
   * @default - nobody has acknowledged it
   */
  readonly acknowledged?: string;
  /**
   * What mends it in the text that it is about, where nobody has to judge: all of it together.
   * @default - somebody has to judge, or a construct made the object
   */
  readonly cure?: MeshEdit[];
}

/**
 * All that an App says, and what the rules think of it, at this moment.
 *
 * One App is one cluster. `npm run synth` writes the same as mesh.json beside the manifests.
 *
 * @example
 * import { MeshReport } from 'istio-constructs';
 *
 * const report = MeshReport.of(app);
 * for (const finding of report.findings) {
 *   console.log(finding.level, finding.text);
 * }
 */
export class MeshReport {
  /**
   * The report of a whole App.
   * @param scope The App, or any construct in it
   */
  public static of(scope: IConstruct): MeshReport {
    requireArguments('MeshReport', { scope }, { scope: CONSTRUCT });
    lookAgain(scope);
    const model = assemble(scope);
    return new MeshReport(model, judge(scope.node.root, model));
  }

  private readonly model: MeshModel;
  private readonly found: readonly Finding[];

  private constructor(model: MeshModel, found: readonly Finding[]) {
    this.model = model;
    this.found = found;
  }

  /** What the rules found, worst first; acknowledged findings as well. */
  public get findings(): MeshFinding[] {
    return reportedFindings(this.found);
  }

  /** Every call that is allowed or refused: who decides on it, by which objects, and where it was said. */
  public get calls(): MeshCall[] {
    return legibly(reportedCalls(this.model));
  }

  /** Every way in that is wider than a named caller, with the reasons that the program gives. */
  public get openings(): MeshOpening[] {
    return legibly(openings(this.model));
  }

  /** What the manifests need of the cluster: versions, components and settings, each with the objects that need it. */
  public get requirements(): MeshRequirements {
    return legibly(requirements(this.model));
  }

  /**
   * Who may call whom, as a page in Markdown for those who review a change: neither the order of statements nor the lines on which they stand change it.
   * `npm run synth` writes it as access.md beside the manifests.
   */
  public accessPage(): string {
    return accessPage(this.model, this.found);
  }

  /** The model as JSON: namespaces, services, calls, routes, access, requirements, objects and findings. */
  public toJson(): string {
    return JSON.stringify(meshJson(this.model, this.found), (_, value) => legible(value), 2);
  }
}

/** Findings as users read them. */
export function reportedFindings(found: readonly Finding[]): MeshFinding[] {
  return found.map((finding) => {
    const { code, level, path, acknowledged, cure } = finding;
    return { code, level, path, acknowledged, text: findingText(finding), ...(cure && { cure: [...cure] }) };
  });
}

function legibly<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_, each) => legible(each))) as T;
}

// The tools that read it know nothing of marks.
function legible(value: unknown): unknown {
  const isMark = (typeof value === 'string' || typeof value === 'number') && isDeferred(value);
  return isMark ? readable(String(value)) : value;
}

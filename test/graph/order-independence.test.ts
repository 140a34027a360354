import { type Chart, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { MeshReport } from 'istio-constructs';
import { declareProgram } from './declare-program';
import { programPlan, type ProgramPlan, type Statement } from './statement-plan';

const RUNS = { numRuns: 200, seed: 31, includeErrorInReport: true };

type Render = (plan: ProgramPlan, statements: readonly Statement[]) => string;

/** The manifests, or what the rules say against them. */
function read(chart: Chart): string {
  try {
    return Yaml.stringify(...(chart.toJson() as object[]));
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'FindingsError') return message;
    throw error;
  }
}

const outcomeOf: Render = (plan, statements) => read(declareProgram(plan, statements));

// Of several lines that say one thing the report names the first.
const reportOf: Render = (plan, statements) => {
  const report = MeshReport.of(declareProgram(plan, statements)).toJson();
  return report.replaceAll(/^ *"declaredAt": .*\n/gm, '');
};

/** Throws with the smallest program that it finds for which two orders differ; answers what all programs gave. */
function sameInAnyOrder(render: Render, runs = RUNS): string[] {
  const results: string[] = [];
  const property = fc.property(programPlan, (plan) => {
    results.push(render(plan, plan.statements));
    expect(render(plan, plan.permuted)).toBe(results.at(-1));
  });
  fc.assert(property, runs);
  return results;
}

describe('a program', () => {
  it('gives the same manifests, byte for byte, in whatever order its calls are declared', () => {
    const written = sameInAnyOrder(outcomeOf).filter((result) => !result.startsWith('error '));
    expect(written.length).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it('gives the same manifests whether it is read after each statement, or once all is said', () => {
    const property = fc.property(programPlan, (plan) => {
      const readAfterEach = read(declareProgram(plan, plan.statements, read));
      expect(readAfterEach).toBe(outcomeOf(plan, plan.statements));
    });
    fc.assert(property, { ...RUNS, numRuns: 25 });
  });

  it('gives the same report, byte for byte, in whatever order its calls are declared', () => {
    expect(sameInAnyOrder(reportOf, { ...RUNS, numRuns: 60 })).toHaveLength(60);
  });
});

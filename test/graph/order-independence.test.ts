import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { MeshReport } from 'istio-constructs';
import { declareProgram } from './declare-program';
import { programPlan, type ProgramPlan, type Statement } from './statement-plan';

const RUNS = { numRuns: 200, seed: 31, includeErrorInReport: true };

type Render = (plan: ProgramPlan, statements: readonly Statement[]) => string;

/** The manifests, or what the rules say against them. */
const outcomeOf: Render = (plan, statements) => {
  try {
    return Yaml.stringify(...(declareProgram(plan, statements).toJson() as object[]));
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'FindingsError') return message;
    throw error;
  }
};

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

  it('gives the same report, byte for byte, in whatever order its calls are declared', () => {
    expect(sameInAnyOrder(reportOf, { ...RUNS, numRuns: 60 })).toHaveLength(60);
  });
});

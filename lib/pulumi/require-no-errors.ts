import * as pulumi from '@pulumi/pulumi';
import type { Chart } from 'cdk8s';
import { MeshReport } from 'istio-constructs';

/**
 * Errors end the program, all in one report; what else was found is logged on the program. Infos ask for nothing, so they stand in the preview
 * alone, not once more in the update that follows it.
 */
export function requireNoErrors(chart: Chart, program: pulumi.Resource): MeshReport {
  const report = MeshReport.of(chart);
  const findings = report.findings.filter(({ acknowledged }) => acknowledged === undefined);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new pulumi.RunError(`the mesh cannot work like this:\n${errors.map(({ level, text }) => `${level} ${text}`).join('\n')}`);
  }
  const told = findings.filter(({ level }) => level === 'warning' || pulumi.runtime.isDryRun());
  for (const { level, text } of told) {
    const log = level === 'warning' ? pulumi.log.warn : pulumi.log.info;
    // Where it stands in the log does not matter, so nothing waits for it.
    void log(text, program);
  }
  return report;
}

import * as pulumi from '@pulumi/pulumi';
import type { Chart } from 'cdk8s';
import { MeshReport } from 'istio-constructs';
import type { ComponentTree } from './component-tree';

/**
 * Errors end the program, all in one report; what else was found is logged on the resource that it is about. Infos ask for nothing, so they
 * stand in the preview alone, not once more in the update that follows it.
 */
export function requireNoErrors(chart: Chart, tree: ComponentTree): void {
  const findings = MeshReport.of(chart).findings.filter(({ acknowledged }) => acknowledged === undefined);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new pulumi.RunError(`the mesh cannot work like this:\n${errors.map(({ level, text }) => `${level} ${text}`).join('\n')}`);
  }
  const told = findings.filter(({ level }) => level === 'warning' || pulumi.runtime.isDryRun());
  for (const { level, path, text } of told) {
    const construct = chart.node.root.node.findAll().find(({ node }) => node.path === path) ?? chart;
    const log = level === 'warning' ? pulumi.log.warn : pulumi.log.info;
    // Where it stands in the log does not matter, so nothing waits for it.
    void log(text, tree.componentOf(construct));
  }
}

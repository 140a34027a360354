import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../istio/labels';

/**
 * Labels of the pods of a Gateway. Left out, Istio copies those of the Gateway, and what a chart labels all its objects with may be what a Service
 * of it selects by.
 */
export function proxyLabels(scope: Construct): Record<string, string> | undefined {
  const chartLabels = Object.keys(Chart.of(scope).labels);
  return chartLabels.length > 0 ? { [MANAGED_BY]: 'istio-constructs' } : undefined;
}

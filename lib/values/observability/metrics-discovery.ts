import { oneOf } from '../../support/options/kind';

/** By what a Prometheus finds the pods of a service. It reads each pod at its own address in both ways; some read objects of one of these kinds alone. */
export enum MetricsDiscovery {
  /** By the labels of the pods: a PodMonitor. */
  PODS = 'pods',
  /** By the endpoints of the Service: a ServiceMonitor. */
  SERVICE = 'service',
}

export const METRICS_DISCOVERY = oneOf('MetricsDiscovery', MetricsDiscovery);

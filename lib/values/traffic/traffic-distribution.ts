import { oneOf } from '../../support/options/kind';

/**
 * Which pods of a Service come first, as Kubernetes has it: ztunnel, waypoints, sidecars and kube-proxy all read it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
 */
export enum TrafficDistribution {
  /** Pods in the caller's zone, as long as one of them is ready. Kubernetes takes it from 1.34 on, in place of `PreferClose`. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** Pods on the caller's node, then in its zone. Kubernetes takes it from 1.34 on. */
  PREFER_SAME_NODE = 'PreferSameNode',
}

export const TRAFFIC_DISTRIBUTION = oneOf('TrafficDistribution', TrafficDistribution);

/** Port on which ztunnel and waypoints take connections tunnelled over mutual TLS. */
export const HBONE = 15008;

/** Port on which an east-west gateway takes connections of sidecars of other networks, as they are. */
export const CROSS_NETWORK = 15443;

/** Port of istiod from which proxies get their configuration. */
export const XDS = 15012;

/** Port on which a proxy offers its own metrics, and those of the application merged with them. */
export const MERGED_METRICS = 15020;

/** Port on which a proxy says whether it is ready. */
export const HEALTH = 15021;

/** Port on which Envoy alone offers its metrics. */
export const ENVOY_METRICS = 15090;

/** Health and metrics, which the proxy itself offers to others: connections to these are not taken from the pod, and nobody asks who they are from. */
export const OFFERED_BY_PROXY: readonly number[] = [MERGED_METRICS, HEALTH, ENVOY_METRICS];

/** What the proxy keeps for itself, from the first port to the last. */
export const RESERVED = { first: 15000, last: 15090 } as const;

/** Port of istiod that has its metrics, its version and what it knows of proxies. */
export const ISTIOD_MONITORING = 15014;

/** Ports of the proxy that injection refuses as places of metrics to be merged. */
export const NEVER_MERGED: readonly number[] = [15000, 15001, 15004, 15006, HBONE, MERGED_METRICS, HEALTH, 15053, ENVOY_METRICS];

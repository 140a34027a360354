import { NATIVE_SIDECAR, PROXY_CONFIG } from '../../istio/labels';
import type { ProxyStartName } from '../../model/workload-spec';
import { SLEEP_BEFORE_STOP } from './complete-pods';

/** What pods say of their sidecar. */
export interface ProxyFacts {
  readonly start?: ProxyStartName;
  readonly drainSeconds?: number;
}

// So long a proxy stays in any case: the application is told to stop after the first half, and may say its last words in the second.
const LEAST_DRAIN = 2 * SLEEP_BEFORE_STOP;

/**
 * Annotations that tell a sidecar when to start and when to go. It is told to stop as soon as the pod stops, and goes with the last connection; without a word it is
 * gone after five seconds, when the application has only begun to stop.
 */
export function renderProxyWords({ start, drainSeconds }: ProxyFacts): Record<string, string> {
  const config = [
    ...(start === 'hold-application' ? ['holdApplicationUntilProxyStarts: true'] : []),
    ...(drainSeconds === undefined
      ? []
      : [
          // Where somebody has switched the next line off again, the proxy stays as long as the application may.
          `terminationDrainDuration: ${drainSeconds + SLEEP_BEFORE_STOP}s`,
          'proxyMetadata:',
          `  EXIT_ON_ZERO_ACTIVE_CONNECTIONS: "true"`,
          `  MINIMUM_DRAIN_DURATION: ${LEAST_DRAIN}s`,
        ]),
  ];
  return {
    ...(start === 'native' ? { [NATIVE_SIDECAR]: 'true' } : {}),
    ...(config.length > 0 ? { [PROXY_CONFIG]: `${config.join('\n')}\n` } : {}),
  };
}

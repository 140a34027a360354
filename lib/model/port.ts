import type { MtlsFacts } from './mtls/weakening';
import type { OriginationFacts } from './outside/origination';

/** One port of a service, with both of its numbers: a waypoint matches the Service's, a sidecar and ztunnel the pod's. */
export interface Port {
  /** Name on Service and container; it begins with the protocol, which Istio reads. */
  readonly name: string;
  readonly number: number;
  readonly targetPort: number;
  readonly appProtocol: string;
  readonly readsHttp: boolean;
  /** How long a request to it may take, whatever holds for its service; 0 for as long as it likes. */
  readonly timeoutMs?: number;
  /** Why it takes callers without mutual TLS, which have no identity; absent where they are refused. */
  readonly plaintext?: string;
  /** What it asks of callers otherwise than the other ports. */
  readonly mtls?: MtlsFacts;
  /** TLS that a proxy begins here, outside the mesh. */
  readonly origination?: OriginationFacts;
}

import { oneOf } from '../../support/options/kind';

/**
 * What sidecars do with traffic to hosts that nobody has declared.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/
 */
export enum OutboundPolicy {
  /** It goes out, as Istio has it. */
  ALLOW_ANY = 'ALLOW_ANY',
  /** It is dropped: an ExternalService says what may be called outside. */
  REGISTRY_ONLY = 'REGISTRY_ONLY',
}

export const OUTBOUND_POLICY = oneOf('OutboundPolicy', OutboundPolicy);

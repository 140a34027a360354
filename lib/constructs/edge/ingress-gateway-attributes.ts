import { mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { ISTIO_GATEWAY_PODS, type IstioGatewayPods } from '../../values/edge/istio-gateway-pods';

/** What is known of a gateway that another program makes. */
export interface IngressGatewayAttributes {
  /** Namespace that it runs in. */
  readonly namespaceName: string;

  /**
   * Name of the Gateway, of the Gateway API.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Name of the listener that routes attach to.
   * @default - every listener of the Gateway that lets them
   */
  readonly listener?: string;

  /**
   * ServiceAccount of its pods.
   * @default - <name>-istio, which Istio makes
   */
  readonly serviceAccountName?: string;

  /**
   * Labels of its pods, to narrow NetworkPolicies.
   * @default - gateway.networking.k8s.io/gateway-name: <name>, which Istio sets
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * The pods that it opens its ports on, where it is a Gateway of Istio's own API; `name` is that of the Gateway object, and who its pods are stands here
   * alone.
   * @default - none: a Gateway of the Gateway API
   */
  readonly istioPods?: IstioGatewayPods;
}

export const INGRESS_GATEWAY_ATTRIBUTES = struct<IngressGatewayAttributes>({
  namespaceName: TEXT,
  name: optional(TEXT),
  listener: optional(TEXT),
  serviceAccountName: optional(TEXT),
  podLabels: optional(mapOf(TEXT)),
  istioPods: optional(ISTIO_GATEWAY_PODS),
});

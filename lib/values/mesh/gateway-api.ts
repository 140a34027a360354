import { oneOf } from '../../support/options/kind';

/**
 * Which bundle of the Gateway API's definitions the cluster has, standard channel.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export enum GatewayApi {
  /** 1.4: routes by TLS names, ListenerSets, CORS and client certificates at a Gateway are refused (MESH602), and so are the routes of bytes. */
  V1_4 = '1.4',
  /** 1.5: routes of bytes are refused (MESH602). */
  V1_5 = '1.5',
  /** 1.6: HTTPRoute has no words for retries. */
  V1_6 = '1.6',
  /**
   * 1.7 or later: HTTPRoute says how often a request is tried again, and on which statuses. The API server of a cluster with 1.6 refuses such a route.
   */
  V1_7 = '1.7',
}

export const GATEWAY_API_BUNDLE = oneOf('GatewayApi', GatewayApi);

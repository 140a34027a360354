import { oneOf } from '../../support/options/kind';

/**
 * Which bundle of the Gateway API's definitions the cluster has, standard channel.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export enum GatewayApi {
  /** 1.6: HTTPRoute has no words for retries. */
  V1_6 = '1.6',
  /**
   * 1.7 or later: HTTPRoute says how often a request is tried again, and on which statuses. The API server of a cluster with 1.6 refuses such a route.
   */
  V1_7 = '1.7',
}

export const GATEWAY_API_BUNDLE = oneOf('GatewayApi', GatewayApi);

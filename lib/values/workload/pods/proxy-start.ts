import { oneOf } from '../../../support/options/kind';

/**
 * How an application waits for its sidecar. In ambient mode there is nothing to wait for.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export enum ProxyStart {
  /**
   * The sidecar is a sidecar container of Kubernetes (1.29 or later): it is there before init containers and the application, and goes after them. Istio does so by
   * itself where all nodes have Kubernetes 1.33.
   */
  NATIVE = 'native',
  /** The application starts once the sidecar is ready: for clusters without sidecar containers. Init containers run before, without the mesh. */
  HOLD_APPLICATION = 'hold-application',
}

export const PROXY_START = oneOf('ProxyStart', ProxyStart);

import { listOf, optional, struct, TEXT } from '../../../support/options/kind';
import { GATEWAY_LISTENER, type GatewayListener } from '../../../values/edge/gateway-listener';

/** What of a gateway is handed over. */
export interface DelegateOptions {
  /** Listeners, each with its hosts and a certificate of the namespace that they are handed to. */
  readonly listeners: GatewayListener[];

  /**
   * Name of the ListenerSet.
   * @default - that of the gateway
   */
  readonly name?: string;
}

export const DELEGATE_OPTIONS = struct<DelegateOptions>({ listeners: listOf(GATEWAY_LISTENER), name: optional(TEXT) });

import type { RequestClass } from '../reach';
import type { VerdictObject } from '../verdict';

/** A way by which somebody gets in whom nobody has named. */
export interface MeshDoor {
  /**
   * `gateway`: a host of a Gateway of either kind. `outer port`: a port of nodes, a load balancer or an address of a Service's own, past gateways. `service`: its own name, or `headless service` where that
   * leads straight to pods. `other service`: another Service over the same pods. `pod address`: the pods themselves, past their Services and waypoints.
   */
  readonly kind: string;
  /** Who gets in, as questions name them: `outside`, a gateway, `pod:shop` for any pod of a namespace, `plain:shop` for one without a proxy. */
  readonly callers: string[];
  /** By which name or address, as a question has it: `shop.example.com:443`, `pod:shop/cart-v1:8080`. */
  readonly callee: string;
  /**
   * What makes the door: a Gateway, a Service or a workload.
   * @default - no manifest does
   */
  readonly madeBy?: VerdictObject;
  /** Which requests get in. */
  readonly allowed: RequestClass[];
  /** Those of which nobody can tell. */
  readonly unknown: RequestClass[];
  /** All connections in the mesh are mutual TLS. */
  readonly mtls: boolean;
  /** Each request that gets in has a token that was checked. */
  readonly hasToken: boolean;
  /** What would close it. */
  readonly closedBy: string;
  /** All of it in a line. */
  readonly text: string;
}

import type { MeshedServiceProps } from 'istio-constructs';
import { shop, type Shop } from '../builders';
import type { PlaneName, PlaneUnderTest } from '../for-each-plane';
import type { ProxyQuestion } from '../conformance/answer';
import type { EngineSettings } from '../conformance/engine';
import { meshOf } from '../conformance/mesh-under-test';
import type { Caller } from '../../lib/verdict/requests/request';
import { type ProxyUnderTest, startProxy } from './proxy-under-test';

/** A program, whose Envoy is to run, and what that is seen to do. */
export interface Row {
  /** Finishes the sentence “it …”. */
  readonly what: string;
  /** How the cart is that the product page calls. */
  readonly cart?: Partial<MeshedServiceProps>;
  /** What the program says beside that. */
  readonly program?: (one: Shop, plane: PlaneUnderTest) => void;
  /**
   * Where requests are caught: on their way out at the caller, on their way in at the callee, of which a waypoint is both, or at the
   * gateway `edge/gateway`, as requests to shop.example.com.
   * @default 'caller'
   */
  readonly at?: 'caller' | 'callee' | 'gateway';
  /** @default - the product page */
  readonly from?: Caller;
  /** What the installation of Istio says. */
  readonly settings?: EngineSettings;
  /** @default - both */
  readonly planes?: readonly PlaneName[];
  /** Sends requests, and expects. */
  readonly check: (envoy: ProxyUnderTest) => Promise<void>;
}

/** A rendered object whose parts a test may write over. */
export interface Amendable {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

/** Has istiod tell a real Envoy what the program says, or what a hand has made of its manifests. */
export async function startRow(row: Row, plane: PlaneUnderTest, amend: (object: Amendable) => void = () => {}): Promise<ProxyUnderTest> {
  const one = shop(plane, row.cart);
  one.product.calls(one.cart);
  row.program?.(one, plane);
  const manifests = JSON.parse(JSON.stringify(meshOf(one.chart).manifests)) as Amendable[];
  manifests.forEach(amend);
  return startProxy(manifests, questionOf(row, plane, one.cart.host), row.settings);
}

function questionOf({ at, from }: Row, plane: PlaneUnderTest, host: string): ProxyQuestion {
  if (at === 'gateway') return { proxy: 'edge/gateway', from: { gateway: 'edge/gateway' }, host: 'shop.example.com', port: 443 };
  const sidecar = at === 'callee' ? 'shop/cart-v1' : 'shop/product-v1';
  const proxy = plane.of({ sidecar, ambient: 'shop/waypoint' });
  return { proxy, from: from ?? { workload: 'shop/product-v1' }, host, port: 8080 };
}

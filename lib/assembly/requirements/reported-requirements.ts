/** Something that the program needs, and what needs it. */
export interface MeshRequirement {
  /** What there has to be: `Istio 1.31.0`. */
  readonly what: string;
  /** Why: what goes wrong without it. */
  readonly because: string;
  /** Objects that need it: `VirtualService shop/cart`; empty where the whole program does. */
  readonly objects: string[];
}

/** What a program needs of the cluster, as its manifests show it. */
export interface MeshRequirements {
  /** The oldest version of Istio, with its patch: `1.31.0`. */
  readonly istio: string;
  /**
   * The oldest bundle of the Gateway API: `1.6`.
   * @default - there are no objects of it
   */
  readonly gatewayApi?: string;
  /**
   * Its channel: `standard`, or `experimental`.
   * @default - there are no objects of it
   */
  readonly gatewayApiChannel?: string;
  /** What has to be installed beside istiod: `ztunnel`, `istio-cni`. */
  readonly components: string[];
  /** What the mesh configuration has to say: `trustDomain: example.com`. */
  readonly meshConfig: string[];
  /** Environment variables of istiod that are off by default: `PILOT_ENABLE_ALPHA_GATEWAY_API=true`. */
  readonly istiodFlags: string[];
  /** What else the cluster has to have: controllers, by the group of their objects, and a plugin for NetworkPolicies. */
  readonly others: string[];
  /** Why, each with the objects that need it. */
  readonly reasons: MeshRequirement[];
  /** All of it in one line, as synth prints it. */
  readonly summary: string;
}

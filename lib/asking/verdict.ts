/** An object that decided something, and where it comes from. */
export interface VerdictObject {
  /** `AuthorizationPolicy`. */
  readonly kind: string;
  /** Its name. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - it says none
   */
  readonly namespaceName?: string;
  /**
   * File in which it stands.
   * @default - it comes from constructs
   */
  readonly file?: string;
  /**
   * Line at which it begins, counted from 1.
   * @default - it comes from constructs
   */
  readonly line?: number;
  /**
   * Column at which it begins, counted from 1.
   * @default - it comes from constructs
   */
  readonly column?: number;
  /**
   * Path of the construct.
   * @default - it comes from a file
   */
  readonly declaredIn?: string;
  /**
   * Line of the program that declared it, from the folder in which it was started.
   * @default - it comes from a file, or cdk8s keeps no line of it
   */
  readonly declaredAt?: string;
}

/** What somebody said about a request on its way. */
export interface VerdictStep {
  /** Where: `sidecar shop/cart-v1`, `waypoint shop/waypoint`. */
  readonly at: string;
  /** `network`, `mtls`, `authorization`, `scope` or `routing`. */
  readonly layer: string;
  /** Whether it may go on. */
  readonly allowed: boolean;
  /** The same in words, with the place of what decided. */
  readonly text: string;
  /**
   * What decided.
   * @default - nothing there had a say
   */
  readonly decidedBy?: VerdictObject;
}

/** What a policy notes of a request without deciding about it: one with action AUDIT, or a dry run. */
export interface VerdictWould {
  /** Where: `sidecar shop/cart-v1`, `waypoint shop/waypoint`. */
  readonly at: string;
  /** `audit`, or what it would do, were it no dry run: `deny` or `allow`. */
  readonly effect: string;
  /** The same in words, with the place of the policy. */
  readonly text: string;
  /** The policy. Of several that would allow requests, and none this one, the narrowest. */
  readonly policy: VerdictObject;
}

/** Where some of the requests end. */
export interface VerdictShare {
  /** Percent of the requests. */
  readonly percent: number;
  /** Host that the last route named. */
  readonly host: string;
  /**
   * Workload, as `shop/cart-v1`.
   * @default - it is outside the manifests
   */
  readonly workload?: string;
  /**
   * Subset of the host.
   * @default - all its pods
   */
  readonly subset?: string;
}

/** How often a proxy tries again. */
export interface VerdictRetries {
  /** Tries after the first. */
  readonly attempts: number;
  /**
   * How long each may take: `2s`.
   * @default - as long as the request
   */
  readonly perTryTimeout?: string;
  /**
   * After what, in Envoy's words: `5xx,reset`.
   * @default - nothing is said
   */
  readonly retryOn?: string;
}

/** What a mesh does with one request. */
export interface Verdict {
  /** Whether it arrives, at every workload to which it may be sent; false too where nobody can tell. */
  readonly allowed: boolean;
  /** What decided: `network`, `mtls`, `authorization`, `scope` or `routing`. */
  readonly layer: string;
  /** All of it in a line. */
  readonly text: string;
  /**
   * The object that decided: the first refusal, else the grant.
   * @default - nothing is in the way
   */
  readonly decidedBy?: VerdictObject;
  /**
   * Why nobody can tell without a cluster.
   * @default - the manifests decide it
   */
  readonly unknown?: string;
  /** Everything that was asked on the way, in order. */
  readonly trail: VerdictStep[];
  /** Where such requests go, whether or not they are let in. */
  readonly split: VerdictShare[];
  /**
   * After how long the caller hears an error: `5s`.
   * @default - no proxy was told a timeout
   */
  readonly timeout?: string;
  /**
   * How often the last proxy that routes tries again.
   * @default - no proxy tries again
   */
  readonly retries?: VerdictRetries;
  /** Whether each connection inside the mesh is mutual TLS. */
  readonly mtls: boolean;
  /**
   * Whom the first proxy on the way sees: `cluster.local/ns/shop/sa/cart`.
   * @default - nobody proves who he is
   */
  readonly identity?: string;
  /**
   * The token with which the request would be let in as it is: `a token of https://issuer.example.com with claim role: clerk`.
   * @default - it is let in, or no token would do
   */
  readonly opensWith?: string;
  /** What policies note on the way without deciding: those with action AUDIT, and dry runs (`istio.io/dry-run`). ztunnel is told of neither. */
  readonly would: VerdictWould[];
  /** External authorizers that are asked before, by the names of their providers: they are taken to agree. */
  readonly asks: string[];
  /** What proxies on the way do on purpose to a part of such requests: `50 % are answered 503 by the fault of VirtualService shop/cart, at sidecar shop/web`. */
  readonly faults: string[];
  /**
   * Status that a proxy answers by itself, because a route or the fault of one says so, or because no route takes the request.
   * @default - no proxy does
   */
  readonly answeredStatus?: number;
  /**
   * Status of gRPC that it answers instead, by its name: `UNAVAILABLE`.
   * @default - it does not speak by gRPC alone
   */
  readonly answeredGrpcStatus?: string;
  /**
   * Where such an answer sends the client.
   * @default - nowhere
   */
  readonly answeredLocation?: string;
  /** Objects on the way that are not read, and may change what is said here. */
  readonly notRead: VerdictObject[];
}

/** What would let a refused request in, and nothing beside it. */
export interface MeshGrant {
  /** Objects to add, as YAML. */
  readonly yaml: string;
  /** The same as a statement of a program with constructs, in which services are called as in the manifests. */
  readonly code: string;
}

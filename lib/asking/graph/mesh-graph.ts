/** A mesh as a graph: who is there, and who may call whom. What is drawn is what a `Verdicts` says of requests, not what anybody declared. */
export interface MeshGraph {
  /** Namespaces that have something, by name. */
  readonly namespaces: MeshGraphNamespace[];
  /** Everything that calls or is called. */
  readonly nodes: MeshGraphNode[];
  /** Calls that arrive, by requests that fare alike. */
  readonly edges: MeshGraphEdge[];
  /** The objects that nodes and edges speak of, by their ids: `AuthorizationPolicy shop/product`. */
  readonly objects: { [id: string]: MeshGraphObject };
  /** Objects that nobody here reads, and that may change what is drawn: `EnvoyFilter shop/lua`. */
  readonly notRead: string[];
}

/** A namespace of a `MeshGraph`. */
export interface MeshGraphNamespace {
  /** Its name. */
  readonly name: string;
  /** How it brings its pods into the mesh: `sidecar`, `ambient`, or `none`. */
  readonly plane: string;
}

/** Somebody who calls or is called. */
export interface MeshGraphNode {
  /** One of a kind in its graph: `service shop/product`. */
  readonly id: string;
  /**
   * `service`; `workload`, which has no Service; `gateway`; `external`, which a ServiceEntry makes known; `outside`, whoever comes in at a gateway; `anybody`, who has neither
   * a name nor an edge of its own.
   */
  readonly kind: string;
  /** Its name; hosts of what is external. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - it is in none
   */
  readonly namespaceName?: string;
  /** How its pods are in the mesh: `sidecar`, `ambient`, `gateway`, or `none`. */
  readonly plane: string;
  /** All of it in a line. */
  readonly title: string;
  /** Ids of its objects, and of the policies that hold for it. */
  readonly objects: string[];
}

/** Requests from one node to another that arrive, and fare alike. */
export interface MeshGraphEdge {
  /** One of a kind in its graph. */
  readonly id: string;
  /** Id of the node that calls. */
  readonly caller: string;
  /** Id of the node that is called. */
  readonly callee: string;
  /** Workloads of the caller that are meant, as `shop/cart-v1`; none where it is anybody, or comes in at a gateway. */
  readonly workloads: string[];
  /** Who is anybody and yet does not get there: `shop/cart-v1`, `anybody in shop`. */
  readonly butNot: string[];
  /** Port of the callee. */
  readonly port: number;
  /** What is spoken there: `HTTP`, `gRPC`, `TCP` or `TLS`; `guessed` where the port says nothing of it. */
  readonly protocol: string;
  /** Whether each connection in the mesh is mutual TLS: `yes`, `no`, or `unclear` where nobody can tell what becomes of the requests. */
  readonly mtls: string;
  /** Who lets the requests in: `sidecar shop/product-v1`, `waypoint shop/waypoint`, `network`, or `nothing`. */
  readonly enforcedAt: string;
  /** The requests, as `Verdicts.reach` writes them. */
  readonly requests: string[];
  /** Where the requests end. */
  readonly shares: MeshGraphShare[];
  /** Ids of the objects that let them in. */
  readonly decidedBy: string[];
  /** Ids of the objects by which they are routed. */
  readonly routedBy: string[];
  /** Whether anybody may, because no policy says who. */
  readonly whoever: boolean;
  /**
   * Why nobody can tell whether they arrive.
   * @default - they do
   */
  readonly unknown?: string;
}

/** Where some of the requests end. */
export interface MeshGraphShare {
  /** Workload, as `shop/product-v1`, or the host outside. */
  readonly workload: string;
  /** Percent of the requests. */
  readonly percent: number;
}

/** An object of which a `MeshGraph` speaks. */
export interface MeshGraphObject {
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
   * File in which it stands, or path of its construct.
   * @default - nobody knows
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
  /** Its YAML. Of containers there is the name, the image and the ports alone: what else they are told may be secret. */
  readonly yaml: string;
}

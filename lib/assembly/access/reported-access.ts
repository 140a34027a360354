/** One call that is allowed or refused, as a reviewer reads it. */
export interface MeshCall {
  /** `ALLOW`, or `DENY` for what is refused whatever else allows it. */
  readonly action: string;
  /** Who calls: `shop/cart`, or `anyone`. */
  readonly caller: string;
  /** Who is called: `shop/product`. */
  readonly callee: string;
  /** Ports of the callee's Service: `8080 (http)`. */
  readonly ports: string[];
  /** Requests that are meant: `GET /products/*`; empty for all. */
  readonly requests: string[];
  /**
   * Whose token they carry: `https://id.example.com, [role]: clerk`.
   * @default - no token is asked for
   */
  readonly user?: string;
  /**
   * What else has to hold: `with the header x-tenant: acme`.
   * @default - nothing else
   */
  readonly conditions?: string[];
  /** Proxies that decide, in the order in which they are met; empty where nobody in the mesh does. */
  readonly enforcedBy: string[];
  /** Objects by which they decide, and those of the network layer: `AuthorizationPolicy shop/product`. */
  readonly objects: string[];
  /**
   * Why it is open, where anyone may call or for a time.
   * @default - the program gives none
   */
  readonly reason?: string;
  /**
   * The last day on which it is meant: `2026-12-31`.
   * @default - for good
   */
  readonly until?: string;
  /** Path of the construct that said it. */
  readonly declaredIn: string;
  /**
   * Line of the program, from the folder in which it was started.
   * @default - the library said it itself
   */
  readonly declaredAt?: string;
}

/** One way in that is wider than a named caller. */
export interface MeshOpening {
  /** What is open. */
  readonly what: string;
  /** At which service, gateway or namespace. */
  readonly where: string;
  /**
   * Why, in the words of the program.
   * @default - the program gives none
   */
  readonly reason?: string;
  /** Path of the construct that opens it. */
  readonly declaredIn: string;
  /**
   * Line of the program, from the folder in which it was started.
   * @default - the library said it itself
   */
  readonly declaredAt?: string;
}

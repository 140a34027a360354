import fc from 'fast-check';

/** Kinds of requests: each is one way to limit a call, and has a line that it covers. */
export const ACCESS = {
  readA: { methods: ['GET'], paths: ['/a/*'] },
  sendB: { methods: ['POST'], paths: ['/b'] },
  anyC: { methods: [], paths: ['/c', '/c/*'] },
} as const;

export type AccessName = keyof typeof ACCESS;

export interface ServicePlan {
  readonly namespace: number;
  /** The container's port differs from the Service's. */
  readonly translated: boolean;
  readonly tcp: boolean;
  readonly canary: boolean;
  readonly retries: boolean;
}

export interface CallPlan {
  readonly from: number;
  readonly to: number;
  readonly deny: boolean;
  /** Absent: every request on every port. */
  readonly http?: readonly AccessName[];
}

export interface MeshPlan {
  /** True for ambient, one a namespace. */
  readonly ambient: readonly boolean[];
  readonly services: readonly ServicePlan[];
  readonly calls: readonly CallPlan[];
}

const access = fc.uniqueArray(fc.constantFrom(...(Object.keys(ACCESS) as AccessName[])), { minLength: 1 });

const service = (namespaces: number) =>
  fc.record({
    namespace: fc.nat(namespaces - 1),
    translated: fc.boolean(),
    tcp: fc.boolean(),
    canary: fc.boolean(),
    retries: fc.boolean(),
  });

const call = (services: number) =>
  fc
    .record({
      from: fc.nat(services - 1),
      to: fc.nat(services - 1),
      deny: fc.nat(5).map((n) => n === 0),
      http: fc.option(access, { nil: undefined }),
    })
    .filter(({ from, to }) => from !== to);

/** Small closed meshes of either plane, or of both, in which no call asks for what no proxy can enforce. */
export const meshPlan: fc.Arbitrary<MeshPlan> = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 3 })
  .chain((ambient) =>
    fc.record({ ambient: fc.constant(ambient), services: fc.array(service(ambient.length), { minLength: 2, maxLength: 5 }) }),
  )
  .chain(({ ambient, services }) =>
    fc
      .array(call(services.length), { maxLength: 8 })
      .map((calls) => ({ ambient, services, calls: calls.map((one) => enforceable(one, ambient, services)) })),
  );

// A sidecar passes no waypoint: its calls into ambient are whole, or an error.
function enforceable(one: CallPlan, ambient: readonly boolean[], services: readonly ServicePlan[]): CallPlan {
  const passesBy = !ambient[services[one.from].namespace] && ambient[services[one.to].namespace];
  return passesBy ? { ...one, http: undefined } : one;
}

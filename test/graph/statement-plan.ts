import fc from 'fast-check';

export type PlaneName = 'sidecar' | 'ambient';

export interface NamespacePlan {
  readonly plane: PlaneName;
  readonly closed: boolean;
}

export interface ServicePlan {
  readonly namespace: number;
  readonly tcp: boolean;
  readonly retries: boolean;
  readonly circuitBreaker: boolean;
}

type Requests = 'all' | 'read' | 'send' | 'both';

/** One line of a program that says who may call whom, or how traffic is shared. Indices are of services, or of namespaces for `external`. */
export type Statement =
  | {
      readonly kind: 'calls' | 'allow' | 'deny';
      readonly from: number;
      readonly to: number;
      readonly requests: Requests;
      readonly tcp: boolean;
    }
  | { readonly kind: 'allowAnyone' | 'denyAnyone'; readonly to: number; readonly requests: Requests }
  | { readonly kind: 'identity'; readonly account: string; readonly plane?: PlaneName; readonly to: number; readonly requests: Requests }
  | { readonly kind: 'external' | 'unmeshed'; readonly from: number; readonly namespace: number }
  | { readonly kind: 'expose'; readonly to: number; readonly path: string; readonly route: number }
  | { readonly kind: 'release'; readonly of: number; readonly weight: number };

export interface ProgramPlan {
  readonly namespaces: readonly NamespacePlan[];
  readonly services: readonly ServicePlan[];
  readonly edge: NamespacePlan;
  readonly statements: readonly Statement[];
  /** The same statements in another order. */
  readonly permuted: readonly Statement[];
}

const plane = fc.constantFrom<PlaneName>('sidecar', 'ambient');
const requests = fc.constantFrom<Requests>('all', 'all', 'read', 'send', 'both');
const namespacePlan = fc.record({ plane, closed: fc.boolean() });

const servicePlan = (namespaces: number): fc.Arbitrary<ServicePlan> =>
  fc.record({ namespace: fc.nat(namespaces - 1), tcp: fc.boolean(), retries: fc.boolean(), circuitBreaker: fc.boolean() });

function statement(services: number, namespaces: number): fc.Arbitrary<Statement> {
  const [service, namespace] = [fc.nat(services - 1), fc.nat(namespaces - 1)];
  const kinds = fc.constantFrom<'calls' | 'allow' | 'deny'>('calls', 'calls', 'allow', 'deny');
  const call = fc.record({ kind: kinds, from: service, to: service, requests, tcp: fc.boolean() });
  return fc.oneof(
    { weight: 6, arbitrary: call },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('allowAnyone' as const, 'denyAnyone' as const), to: service, requests }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('identity' as const),
        account: fc.constantFrom('web', 'batch'),
        plane: fc.option(plane, { nil: undefined }),
        to: service,
        requests,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('external' as const, 'unmeshed' as const), from: service, namespace }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('expose' as const),
        to: service,
        path: fc.constantFrom('/', '/a', '/a/b'),
        route: fc.nat(99),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), of: service, weight: fc.constantFrom(0, 5, 100) }) },
  );
}

/** Small programs of either plane or of both, open and closed, in two orders, in which no statement is an error by itself. */
export const programPlan: fc.Arbitrary<ProgramPlan> = fc
  .array(namespacePlan, { minLength: 2, maxLength: 3 })
  .chain((namespaces) =>
    fc.record({
      namespaces: fc.constant(namespaces),
      services: fc.array(servicePlan(namespaces.length), { minLength: 2, maxLength: 6 }),
      edge: namespacePlan,
    }),
  )
  .chain((parts) =>
    fc
      .array(statement(parts.services.length, parts.namespaces.length), { minLength: 2, maxLength: 12 })
      .map((statements) => meaningful(statements, parts.namespaces, parts.services))
      .chain((statements) => permutation(statements).map((permuted) => ({ ...parts, statements, permuted }))),
  );

/** Statements shuffled; releases keep their order among themselves, for their place in the tree is said by it. */
function permutation(statements: readonly Statement[]): fc.Arbitrary<Statement[]> {
  const isRelease = ({ kind }: Statement): boolean => kind === 'release';
  return fc.shuffledSubarray([...statements], { minLength: statements.length, maxLength: statements.length }).map((shuffled) => {
    const releases = statements.filter(isRelease);
    return shuffled.map((each) => (isRelease(each) ? releases.shift()! : each));
  });
}

// What a rule would refuse in any order proves nothing here: one route name twice, two releases of a service, HTTP that nobody can enforce.
function meaningful(statements: readonly Statement[], namespaces: readonly NamespacePlan[], services: readonly ServicePlan[]): Statement[] {
  const planeOf = (service: number): PlaneName => namespaces[services[service].namespace].plane;
  const seen = new Set<string>();
  return statements.filter((each) => isFirst(each, seen)).map((each) => enforceable(each, services, planeOf));
}

function isFirst(each: Statement, seen: Set<string>): boolean {
  const key = each.kind === 'release' ? `release ${each.of}` : each.kind === 'expose' ? `expose ${each.route}` : undefined;
  if (key === undefined) return true;
  const first = !seen.has(key);
  seen.add(key);
  return first;
}

function enforceable(each: Statement, services: readonly ServicePlan[], planeOf: (service: number) => PlaneName): Statement {
  if (each.kind === 'identity' && each.plane === 'sidecar' && planeOf(each.to) === 'ambient') return { ...each, requests: 'all' };
  if (each.kind !== 'calls' && each.kind !== 'allow' && each.kind !== 'deny') return each;
  const passesBy = planeOf(each.from) === 'sidecar' && planeOf(each.to) === 'ambient';
  const tcp = each.tcp && services[each.to].tcp;
  return { ...each, tcp, requests: passesBy || tcp ? 'all' : each.requests };
}

import { Construct, type IConstruct } from 'constructs';
import type { MeshQuestion } from '../asking/question';
import type { Verdict } from '../asking/verdict';
import { Verdicts } from '../asking/verdicts';
import { requestLine } from './request-line';
import { sharesTold, told, wayTold } from './told';

/** What a request has beside its line: headers and a token. */
export type RequestParts = Pick<MeshQuestion, 'headers' | 'claims' | 'issuer' | 'audiences'>;

/** Percent of the requests by workload: `shop/product-v2`, `product-v2`, or the subset of a route. */
export type ExpectedShares = Readonly<Record<string, number>>;

interface Outcome {
  readonly pass: boolean;
  message(): string;
}

interface Context {
  readonly isNot?: boolean;
}

/**
 * Matchers for tests of a mesh, for `expect.extend`: `toAllow`, `toRefuse` and `toSplit` about one request, `toBeReachableOnlyBy`, `toHaveNoDoorFromOutside` and `toOpenNothingSince` about all. What is expected is a `Verdicts`, or an App
 * or any construct in it.
 * A failing test shows the verdict with everything that led to it. A verdict that nobody can give without a cluster fails each of those about one request, with `not` as well.
 */
export const meshMatchers = {
  toAllow(this: object, mesh: Verdicts | IConstruct, caller: string, callee: string, request = '', parts: RequestParts = {}): Outcome {
    const verdict = asked(mesh, { caller, callee, ...requestLine(request), ...parts });
    return outcome(this as Context, verdict, verdict.allowed, `${caller} to be allowed to call ${callee}${lineText(request)}`);
  },

  toRefuse(this: object, mesh: Verdicts | IConstruct, caller: string, callee: string, request = '', parts: RequestParts = {}): Outcome {
    const verdict = asked(mesh, { caller, callee, ...requestLine(request), ...parts });
    return outcome(this as Context, verdict, !verdict.allowed, `${caller} to be refused when it calls ${callee}${lineText(request)}`);
  },

  toSplit(
    this: object,
    mesh: Verdicts | IConstruct,
    caller: string,
    callee: string,
    shares: ExpectedShares,
    request = '',
    parts: RequestParts = {},
  ): Outcome {
    const verdict = asked(mesh, { caller, callee, ...requestLine(request), ...parts });
    const wanted = Object.entries(shares).map(([name, percent]) => `${percent} % ${name}`);
    const text = `requests of ${caller} to ${callee}${lineText(request)} to be split: ${wanted.join(', ')}\n${sharesTold(verdict.split)}`;
    return outcome(this as Context, verdict, isSplit(verdict, shares), text);
  },

  toBeReachableOnlyBy(mesh: Verdicts | IConstruct, callee: string, callers: readonly string[]): Outcome {
    const others = verdictsOf(mesh).waysTo(callee, ...callers);
    const lines = others.flatMap(({ caller, allowed, unknown }) => [...allowed, ...unknown].map((one) => `  ${caller}: ${wayTold(one)}`));
    const expected = `expected ${callee} to be reachable only by ${callers.join(' and ') || 'nobody'}`;
    return { pass: others.length === 0, message: () => [expected, ...(lines.length > 0 ? lines : ['  and it is'])].join('\n') };
  },

  toHaveNoDoorFromOutside(mesh: Verdicts | IConstruct, callee: string): Outcome {
    const doors = verdictsOf(mesh)
      .doorsTo(callee)
      .filter(({ kind }) => kind === 'gateway' || kind === 'outer port');
    const lines = doors.map(({ text, closedBy }) => `  ${text}; closed by ${closedBy}`);
    const expected = `expected nobody outside the cluster to get in at ${callee}`;
    return { pass: doors.length === 0, message: () => [expected, ...(lines.length > 0 ? lines : ['  and nobody does'])].join('\n') };
  },

  toOpenNothingSince(mesh: Verdicts | IConstruct, older: Verdicts | IConstruct): Outcome {
    const opened = verdictsOf(mesh)
      .changesSince(verdictsOf(older))
      .filter(({ change }) => ['opened', 'weakened', 'unclear'].includes(change));
    const lines = opened.map(({ text, requests }) => `  ${text}${requests ? `, as in ${requests.example}` : ''}`);
    const expected = 'expected nothing to be opened or weakened since the older version';
    return { pass: opened.length === 0, message: () => [expected, ...(lines.length > 0 ? lines : ['  and nothing is'])].join('\n') };
  },
};

function verdictsOf(mesh: Verdicts | IConstruct): Verdicts {
  return Construct.isConstruct(mesh) ? Verdicts.of(mesh) : mesh;
}

function asked(mesh: Verdicts | IConstruct, question: MeshQuestion): Verdict {
  return verdictsOf(mesh).ask(question);
}

function lineText(request: string): string {
  return request === '' ? '' : ` with ${request}`;
}

/** What nobody can tell is neither: it fails, whichever way round it is asked. */
function outcome({ isNot = false }: Context, verdict: Verdict, isSo: boolean, expected: string): Outcome {
  const pass = verdict.unknown === undefined ? isSo : isNot;
  return { pass, message: () => `expected ${isNot ? 'it not to be so: ' : ''}${expected}\n${told(verdict)}` };
}

/** Every share that is expected is there, up to what rounding may leave, and nothing else gets requests. */
function isSplit({ split }: Verdict, shares: ExpectedShares): boolean {
  const names = Object.keys(shares);
  const got = new Map<string, number>();
  for (const { percent, workload, subset, host } of split) {
    const name = names.find((one) => [workload, workload?.split('/')[1], subset, host].includes(one)) ?? workload ?? host;
    got.set(name, (got.get(name) ?? 0) + percent);
  }
  return [...new Set([...names, ...got.keys()])].every((name) => Math.abs((got.get(name) ?? 0) - (shares[name] ?? 0)) < 0.05);
}

declare global {
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the parameters of a merged interface are those of the other one
    interface Matchers<R, T = {}> {
      /** A request arrives: `expect(app).toAllow('cart', 'payment', 'POST /payments/1')`. */
      toAllow(caller: string, callee: string, request?: string, parts?: RequestParts): R;
      /** A request is refused by something that the failure of `toAllow` would name. */
      toRefuse(caller: string, callee: string, request?: string, parts?: RequestParts): R;
      /** Requests are shared out so: `expect(app).toSplit('cart', 'product', { 'product-v1': 90, 'product-v2': 10 })`. */
      toSplit(caller: string, callee: string, shares: ExpectedShares, request?: string, parts?: RequestParts): R;
      /** Of all that is in the manifests nobody else may reach it by any request: `expect(app).toBeReachableOnlyBy('payment', ['checkout'])`. */
      toBeReachableOnlyBy(callee: string, callers: readonly string[]): R;
      /** Nobody outside the cluster gets in, by a gateway or a port of nodes or a load balancer: `expect(app).toHaveNoDoorFromOutside('payment')`. */
      toHaveNoDoorFromOutside(callee: string): R;
      /** No request arrives at a Service that did not, none is less protected, and there is none of which nobody can tell; hosts of gateways, pods by their address and what leaves the mesh count too. */
      toOpenNothingSince(older: Verdicts | IConstruct): R;
    }
  }
}

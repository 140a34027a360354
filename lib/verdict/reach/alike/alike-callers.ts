import type { Cluster } from '../../../cluster/cluster';
import { authorizationIndex, dryRunIndex } from '../../../cluster/policies/authorization-policies';
import { servicesOver } from '../../../cluster/services/endpoints';
import { serviceNameOf } from '../../../cluster/services/hosts';
import { servicesCovering } from '../../../cluster/services/registry';
import { isHeadless } from '../../../cluster/services/services';
import { groupedBy } from '../../../support/grouping';
import { attachedTo } from '../../decision/enforcer';
import { isOutsideCluster, type Speaker, speakerOf, workloadNamed } from '../../requests/callers';
import type { Caller, HostTarget, PodTarget, Target } from '../../requests/request';
import { hasPortTakers } from '../../travel/known-addresses';
import { type Followed, followed } from '../followed-routes';
import { enforcersBehind } from '../on-the-way';
import { firstStops, leadsOutside, type Stop, stopsAtPod } from './first-stops';
import { askedOfIdentity } from './identities';
import { type LetOut, lettingIn, lettingOut, WaysOut } from './network-questions';
import { numbering, type Question } from './question';
import { looksAtHosts } from '../written-hosts';
import { askedByRoutes } from './route-questions';
import { Scopes, tellingHosts, type Told } from './scope-questions';

/**
 * Callers by what anything on a way can tell of them: two with the same mark fare alike with every request that arrives. All that is compared with a caller is
 * asked once for all callers; of a caller's own policies, which are as many as callers, only those are asked that let it out to somewhere or tell it of a host.
 */
export class AlikeCallers {
  private readonly speakers: readonly Speaker[];
  private readonly byNamespace: ReadonlyMap<string, readonly number[]>;
  private readonly plain: readonly string[];
  private readonly own: readonly string[];
  private readonly letOut: ReadonlyMap<LetOut, readonly number[]>;
  private readonly told: ReadonlyMap<Told, readonly number[]>;
  private readonly waysOut: WaysOut;
  private readonly scopes: Scopes;
  private readonly numberOf = numbering();
  private readonly answers = new Map<string, { readonly number: number; readonly yes: readonly number[] }>();

  constructor(
    private readonly cluster: Cluster,
    callers: readonly Caller[],
  ) {
    this.speakers = callers.map((caller) => speakerOf(cluster, caller));
    this.byNamespace = groupedBy(this.speakers.keys(), (index) => this.speakers[index].namespaceName);
    this.letOut = lettingOut(cluster, this.speakers);
    this.told = tellingHosts(cluster, this.speakers);
    this.waysOut = new WaysOut(cluster, [...this.letOut.keys()]);
    this.scopes = new Scopes(cluster, [...this.told.keys()]);
    this.plain = this.marked(
      this.speakers.map(plainMark),
      ({ by }) => `${by.dropsUnknown}`,
      () => 'some',
    );
    this.own = this.marked(
      this.plain,
      ({ by }) => `${this.numberOf(by)}`,
      (one) => `${this.numberOf(one)}`,
    );
  }

  /**
   * A mark for each caller.
   * @param isExact Tells apart as well who is refused by another object
   */
  marksAt(to: Target, isExact = false): readonly string[] {
    const own = isExact ? this.own : this.plain;
    if ('podOf' in to && this.isPlainPod(to)) return this.marksAtPod([...own], to);
    if (!('host' in to) || !this.isPlain(to)) return own.map((mark, index) => `${mark} ${index}`);
    const marks = [...own];
    const way = followed(this.cluster, { to });
    this.markByQuestions(marks, to, way, firstStops(this.cluster, way.hosts, to.port));
    this.markByScopes(marks, to, way);
    return marks;
  }

  private marksAtPod(marks: string[], to: PodTarget): string[] {
    this.markByQuestions(marks, to, NO_ROUTE, stopsAtPod(this.cluster, to));
    const itself = [...this.speakers.keys()].filter((index) => this.speakers[index].key === to.podOf);
    mark(marks, itself, 'itself');
    return marks;
  }

  /** Nobody is told of its address, nor is anything said of addresses: who dials it is asked by what stands before it alone. */
  private isPlainPod({ podOf, port }: PodTarget): boolean {
    const pod = workloadNamed(this.cluster, podOf);
    const isSpokenOf = followed(this.cluster, { to: { host: pod.address, port } }).virtual.length > 0;
    return !isSpokenOf && !servicesOver(this.cluster, pod).some(isHeadless) && !hasPortTakers(this.cluster, port);
  }

  /** A service, and what callers do who are not told of it depends on nothing else: else they are asked one by one. */
  private isPlain({ host, port }: HostTarget): boolean {
    const services = servicesCovering(this.cluster, host.toLowerCase());
    const isRouted = services.some(leadsOutside) && followed(this.cluster, { to: { host, port } }).virtual.length > 0;
    return services.length > 0 && !isRouted && !hasPortTakers(this.cluster, port);
  }

  private markByQuestions(marks: string[], to: Target, way: Followed, stops: readonly Stop[]): void {
    const indices = [authorizationIndex(this.cluster), dryRunIndex(this.cluster)];
    const policies = new Set(
      enforcersBehind(this.cluster, to, way.hosts).flatMap((one) => indices.flatMap((index) => attachedTo(this.cluster, index, one))),
    );
    const asked = [...[...policies].flatMap((policy) => askedOfIdentity(this.cluster, policy)), ...askedByRoutes(this.cluster, way)];
    for (const { number, yes } of new Set(asked.map((question) => this.answerTo(question)))) mark(marks, yes, `${number}`);
    if (looksAtHosts(this.cluster, policies, way.virtual)) this.markByNames(marks);
    stops.forEach((stop, place) => this.markByNetwork(marks, stop, `${place}`));
  }

  /** What a sidecar makes of other hosts that its pods write: names without a namespace are of its own, and others those of which it is told. */
  private markByNames(marks: string[]): void {
    for (const [name, callers] of this.byNamespace) mark(marks, callers, `at ${name}`);
    for (const [one, callers] of this.told) mark(marks, callers, `told ${this.numberOf(one)}`);
  }

  private markByNetwork(marks: string[], stop: Stop, place: string): void {
    for (const [one, by] of this.waysOut.to(stop)) mark(marks, this.letOut.get(one)!, `out ${place} ${by}`);
    for (const port of stop.ports) {
      const letIn = new Set<number>();
      for (const { policy, questions } of lettingIn(this.cluster, stop, port)) {
        const meant = questions.flatMap((question) => this.answerTo(question).yes).filter((index) => !letIn.has(index));
        mark(marks, new Set(meant), `in ${place} ${port} ${this.numberOf(policy)}`);
        meant.forEach((index) => letIn.add(index));
      }
    }
  }

  private markByScopes(marks: string[], to: HostTarget, { virtual }: Followed): void {
    const host = to.host.toLowerCase();
    const said = serviceNameOf(this.cluster, host);
    const named = [...servicesCovering(this.cluster, host), ...virtual, ...(said ? [said] : [])].map(({ namespaceName }) => namespaceName);
    const seen = this.scopes.seeing([...new Set(named)], host, to.port);
    for (const [one, names] of seen) {
      // Who is told of routes alone follows them as far as other services let it.
      const isTold = servicesCovering(this.cluster, host).some(({ namespaceName }) => names.split(',').includes(namespaceName));
      mark(marks, this.told.get(one)!, isTold ? `sees ${names}` : `sees ${names} as ${this.numberOf(one)}`);
    }
  }

  private answerTo(question: Question) {
    const known = this.answers.get(question.id);
    if (known) return known;
    const asked = [...this.byNamespace].filter(([name]) => question.mayHoldIn?.(name) !== false);
    const yes = asked.flatMap(([, indices]) => indices.filter((index) => question.holds(this.speakers[index])));
    const answer = { number: this.answers.size, yes };
    this.answers.set(question.id, answer);
    return answer;
  }

  private marked(before: readonly string[], scope: (one: Told) => string, network: (one: LetOut) => string): string[] {
    const marks = [...before];
    for (const [one, callers] of this.told) mark(marks, callers, `told ${scope(one)}`);
    for (const [one, callers] of this.letOut) mark(marks, callers, `kept ${network(one)}`);
    return marks;
  }
}

const NO_ROUTE: Followed = { hosts: [], virtual: [], http: [] };

function mark(marks: string[], callers: Iterable<number>, text: string): void {
  for (const index of callers) marks[index] += `;${text}`;
}

/** Who enters by a gateway, or is one, has a way of its own, and so has a machine. */
function plainMark(caller: Speaker, index: number): string {
  const { proxy, principal, isBodiless, key, isOutside } = caller;
  if (proxy.isDoor || proxy.routesForOthers || isOutside) return `${index} ${key}`;
  return JSON.stringify([proxy.name, principal === undefined, isBodiless === true, isOutsideCluster(caller)]);
}

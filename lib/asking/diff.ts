import type { Cluster } from '../cluster/cluster';
import { nameOf } from '../cluster/objects/manifest-object';
import { servicesOf } from '../cluster/services/services';
import { affectedBy, namespacesOnTheWay } from '../verdict/reach/affected';
import { compared, type Compared, type Difference, type Side } from '../verdict/reach/compare';
import type { Class } from '../verdict/reach/division';
import type { Caller, Target } from '../verdict/requests/request';
import { callersNamed, targetsNamed } from './names';
import { notReadIn } from './not-read';
import { type RequestClass, tooFine, toldOf } from './reach';
import { callersIn } from './callers-in';
import { servicesIn } from './ways';

/** Requests that fare otherwise in another version of a mesh. */
export interface MeshChange {
  /**
   * `opened`: they arrive now, and did not. `closed`: the reverse. `weakened`: their connections are no more mutual TLS all the way, or an authorizer outside is asked no more; `strengthened`: the reverse. `moved`: they end
   * at other workloads, or in other shares. `unclear`: of one of the versions nobody can tell, or an object has changed that is not read, such as an EnvoyFilter.
   */
  readonly change: string;
  /**
   * Who sends them.
   * @default - nobody can tell: an object has changed that is not read
   */
  readonly caller?: string;
  /**
   * Where they go.
   * @default - nobody can tell
   */
  readonly callee?: string;
  /**
   * Which they are; `decidedBy` is the object that decides about them now, or did where nothing does now.
   * @default - nobody can tell
   */
  readonly requests?: RequestClass;
  /** All of it in a line. */
  readonly text: string;
}

/** The worst first. */
const ORDER: readonly Difference[] = ['opened', 'weakened', 'unclear', 'closed', 'moved', 'strengthened'];

/** What fares otherwise from one version of a mesh to the next. */
export function changesBetween(before: Cluster, after: Cluster): MeshChange[] {
  const callers = union(callersIn(before), callersIn(after));
  const callees = union(servicesIn(before), servicesIn(after));
  const changes = pairsAffected(before, after, callers, callees).flatMap(([caller, callee]) => changesFor(before, after, caller, callee));
  const all = [...changes, ...unreadChanges(before, after)];
  return ORDER.flatMap((difference) => all.filter(({ change }) => change === difference));
}

/** What nobody follows here may change anything. */
function unreadChanges(before: Cluster, after: Cluster): MeshChange[] {
  const [old, now] = [before, after].map(
    (cluster) => new Map(notReadIn(cluster).map((one) => [nameOf(one), JSON.stringify(one.manifest)])),
  );
  const names = union([...old.keys()], [...now.keys()]).filter((name) => old.get(name) !== now.get(name));
  return names.map((name) => ({ change: 'unclear', text: `unclear: ${name} has changed, and is not read` }));
}

/** Those about which somebody has to be asked: neither end is in a namespace where something differs, nor is anything on the way, and all is as it was. */
function pairsAffected(before: Cluster, after: Cluster, callers: readonly string[], callees: readonly string[]): [string, string][] {
  const { isEverywhere, namespaces } = affectedBy(before, after);
  const isAffected = (name: string | undefined): boolean => isEverywhere || (name !== undefined && namespaces.has(name));
  const onTheWay = (callee: string): string[] =>
    [before, after].flatMap((cluster) => targetsIn(cluster, callee).flatMap((to) => namespacesOnTheWay(cluster, to)));
  const reached = new Set(callees.filter((callee) => [namespaceIn(callee), ...onTheWay(callee)].some(isAffected)));
  return callers.flatMap((caller) =>
    callees.filter((callee) => isAffected(namespaceIn(caller)) || reached.has(callee)).map((callee): [string, string] => [caller, callee]),
  );
}

/** `shop` of `shop/cart`, and of `pod:shop`. */
function namespaceIn(name: string): string {
  return name.replace(/^(pod|plain):/, '').split('/')[0];
}

function union(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}

function changesFor(before: Cluster, after: Cluster, caller: string, callee: string): MeshChange[] {
  const [old, now] = [before, after].map((cluster) => ({
    cluster,
    targets: targetsIn(cluster, callee),
    from: callersThere(cluster, caller),
  }));
  const ports = [...new Set([...old.targets, ...now.targets].map(({ port }) => port))];
  return ports.flatMap((port) => {
    const [was, is] = [old, now].map(({ cluster, targets, from }): Side => {
      const to = targets.find((target) => target.port === port);
      return { cluster, ends: to && from && { from, to } };
    });
    if (!was.ends && !is.ends) return [];
    const comparison = compared(was, is) ?? tooFine(caller, callee);
    return comparison.classes.flatMap((one) => (one.answer.difference === undefined ? [] : told(caller, callee, port, one, comparison)));
  });
}

function told(
  caller: string,
  callee: string,
  port: number,
  { answer, ...one }: Class<Compared>,
  comparison: Parameters<typeof toldOf>[0],
): MeshChange[] {
  const { difference, before, after } = answer;
  const decision = (after.decision ?? before.decision)!;
  const from = difference === 'moved' ? `, from ${before.shares} to ${after.shares}` : '';
  return toldOf(comparison, { host: callee, port }, { ...one, answer: decision }).map((requests) => ({
    change: difference!,
    caller,
    callee,
    requests,
    text: `${difference}: ${caller} -> ${callee} ${requests.text}${from}`,
  }));
}

function targetsIn(cluster: Cluster, callee: string): Target[] {
  return servicesOf(cluster).some(({ key }) => key === callee) ? targetsNamed(cluster, callee) : [];
}

/** Somebody who is in one version may not be in the other. */
function callersThere(cluster: Cluster, caller: string): Caller[] | undefined {
  return callersIn(cluster).includes(caller) ? callersNamed(cluster, caller) : undefined;
}

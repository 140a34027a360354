import type { Answer } from './answer';
import { type Door, doorsOf, serviceOf, textOf } from './doors';
import type { MeshUnderTest } from './mesh-under-test';
import { PLAINTEXT, STRANGERS } from './requests';
import type { Cluster } from '../../lib/cluster/cluster';
import { type Pod, workloadsOf } from '../../lib/cluster/workloads/workloads';
import { decide } from '../../lib/verdict/decide';
import type { Caller, Request } from '../../lib/verdict/requests/request';
import type { Line } from '../verdict/samples';

/** What the program says: who may call whom. Services are `namespace/name`. */
export interface AllowedCall {
  readonly from: string;
  readonly to: string;
  /** @default every port of the Service */
  readonly port?: number;
  /** Requests that are meant, as in `GET /cart/1`. @default all */
  readonly only?: readonly string[];
}

interface NamedCaller {
  readonly name: string;
  readonly from: Caller;
  /** `namespace/name` of its service; undefined for strangers. */
  readonly service?: string;
  /** Whether it is somebody with a workload's identity whose own proxy was told of everything. */
  readonly isBodiless?: boolean;
}

interface Question {
  readonly title: string;
  readonly request: Request;
  readonly line: string;
  /** What allows it; nothing does where it has to be refused. */
  readonly by: readonly AllowedCall[];
}

/**
 * Every allowed call arrives, and nothing else does: all pairs of workloads, by host and by a pod's address; the same identities without
 * what their own sidecars were told; strangers with an identity, in either plane; and plaintext. About all services, or those that are listed.
 */
export async function expectOnly(mesh: MeshUnderTest, allowed: readonly AllowedCall[], about?: readonly string[]): Promise<void> {
  const said = allowed.flatMap(({ only }) => only ?? []).map(lineOf);
  const doors = doorsOf(mesh.cluster, said).filter(({ service }) => !about || about.includes(service));
  const questions = doors.flatMap((door) => callersOf(mesh.cluster, door).flatMap((caller) => questionsOf(allowed, caller, door)));
  const answers = await mesh.answers(questions.map(({ request }) => request));
  const complaints = questions.flatMap((question, index) => complaintOf(mesh.cluster, question, answers[index]));
  expect([...allowed.flatMap((one) => unaskedOf(one, questions)), ...complaints]).toEqual([]);
}

/** Calls that the program allows and that no Service leads to, or none that speaks HTTP. */
function unaskedOf(one: AllowedCall, questions: readonly Question[]): string[] {
  const asked = questions.filter(({ by }) => by.includes(one)).map(({ line }) => line);
  const unasked = one.only ? one.only.filter((line) => !asked.includes(line)) : ['anything'].filter(() => asked.length === 0);
  return unasked.map((line) => `${one.from} may call ${one.to} with ${line}, but no Service leads there`);
}

const lineOf = (text: string): Line => ({ method: text.split(' ')[0], path: text.split(' ')[1] });

function complaintOf(cluster: Cluster, { title, by: statements, request }: Question, { allowed, ways, by, layer }: Answer): string[] {
  if (statements.length > 0) return allowed ? shutByNetwork(cluster, title, request) : [`${title} is refused by ${by} (${layer})`];
  return allowed || ways.some((way) => way.allowed) ? [`${title} arrives, and nobody said so; let in by ${by} (${layer})`] : [];
}

/** Istiod knows no NetworkPolicy: what it lets in has to pass the network layer too. */
function shutByNetwork(cluster: Cluster, title: string, request: Request): string[] {
  const { allowed, layer, by } = decide(cluster, request);
  return allowed || layer !== 'network' ? [] : [`${title} is refused by ${by} (${layer})`];
}

function questionsOf(allowed: readonly AllowedCall[], caller: NamedCaller, door: Door): Question[] {
  return door.lines
    .map((line) => ({
      title: `${caller.name} calls ${door.name} with ${textOf(line)}`,
      request: { from: caller.from, to: door.to, ...line },
      line: textOf(line),
      by: allowed.filter((one) => covers(one, caller, door, line)),
    }))
    .filter(({ by }) => by.length === 0 || mustArrive(caller, door));
}

function covers({ from, to, port, only }: AllowedCall, caller: NamedCaller, door: Door, line: Line): boolean {
  return from === caller.service && to === door.service && (port ?? door.port) === door.port && (!only || only.includes(textOf(line)));
}

const mustArrive = ({ isBodiless }: NamedCaller, { isFor }: Door): boolean =>
  isFor === 'callers' || (isFor === 'identities' && !!isBodiless);

function callersOf(cluster: Cluster, door: Door): NamedCaller[] {
  const [namespace] = door.service.split('/');
  return [
    // What a gateway may do, whoever asks says of its doors.
    ...workloadsOf(cluster)
      .filter(({ proxy }) => !proxy.isDoor)
      .flatMap(callersAs),
    { name: 'a stranger with a sidecar', from: STRANGERS.sidecar },
    { name: 'a stranger in ambient', from: STRANGERS.ambient },
    { name: 'a pod outside the mesh', from: PLAINTEXT },
    { name: `a pod of ${namespace} without a proxy`, from: { pod: { namespace } } },
  ];
}

/** A workload itself, and its identity alone if it has one. */
function callersAs(pod: Pod): NamedCaller[] {
  const { key, namespaceName, principal, proxy } = pod;
  const itself = { name: key, from: { workload: key }, service: serviceOf(pod) };
  if (!principal) return [itself];
  const serviceAccount = principal.slice(principal.lastIndexOf('/') + 1);
  const plane = proxy.routesForPods ? ('sidecar' as const) : ('ztunnel' as const);
  const identity = { namespace: namespaceName, serviceAccount, proxy: plane };
  return [itself, { ...itself, name: `the identity of ${key}`, from: { identity }, isBodiless: true }];
}

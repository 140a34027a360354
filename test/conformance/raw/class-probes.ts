import type { Cluster } from '../../../lib/cluster/cluster';
import { classAmong, reachOf, type Reach } from '../../../lib/verdict/reach/reach';
import type { Request } from '../../../lib/verdict/requests/request';
import { type Dice, endsIn } from './questions';

/** A request, and what the class says of it in which it lies. */
export interface Probe {
  readonly request: Request;
  readonly allowed: boolean;
  /** It is for the host of another Service, where a sidecar sends it. */
  readonly isForAnother: boolean;
}

/** Of so many pairs of a caller and a callee: of each class a witness, and those beside it that lie in another class or are written otherwise. */
export function classProbes(cluster: Cluster, dice: Dice, pairs: number): Probe[] {
  const ends = endsIn(cluster);
  const probes = Array.from({ length: pairs }, () => {
    const { from, to } = dice(dice(ends));
    const reach = reachOf(cluster, { from: [from], to });
    return reach ? probesOf(reach, dice) : [];
  });
  return [...new Map(probes.flat().map((probe) => [JSON.stringify(probe.request), probe])).values()];
}

// A callee of many classes is not worth a night.
const CLASSES = 6;

function probesOf(reach: Reach, dice: Dice): Probe[] {
  const chosen = reach.classes.length <= CLASSES ? reach.classes : Array.from({ length: CLASSES }, () => dice(reach.classes));
  return chosen.flatMap(({ values, tokens }) => {
    const witness = [...values.map((some) => dice(some)), dice(tokens)];
    const members = [witness, ...outside(reach, witness, [...values, tokens])];
    return [...members.flatMap((member) => probeOf(reach, member)), ...written(reach, reach.requestOf(witness))];
  });
}

/** The witness with one value that its class has not, for each property of which there is one. */
function outside({ dimensions, tokens }: Reach, witness: readonly number[], box: readonly (readonly number[])[]): number[][] {
  const sizes = [...dimensions.map(({ values }) => values.length), tokens.length];
  return box.flatMap((some, place) => {
    const other = Array.from({ length: sizes[place] }, (_, value) => value).find((value) => !some.includes(value));
    return other === undefined ? [] : [witness.map((value, index) => (index === place ? other : value))];
  });
}

function probeOf(reach: Reach, member: readonly number[]): Probe[] {
  const token = member.at(-1)!;
  const own = reach.classes.find(
    ({ values, tokens }) => tokens.includes(token) && values.every((some, index) => some.includes(member[index])),
  );
  return told(own, reach.requestOf(member));
}

function told(own: Reach['classes'][number] | undefined, request: Request): Probe[] {
  if (!own || own.answer.unknown !== undefined) return [];
  const { allowed, layer, object } = own.answer;
  const isForAnother = request.addressed !== undefined && layer === 'routing' && /^Service(Entry)?$/.test(object?.kind ?? '');
  return [{ request, allowed, isForAnother }];
}

// Names of Services are classes of their own where somebody looks at them, else they mean another callee.
const HOSTS = ['nobody.invalid', 'shop.example.com', 'x.cluster.local', 'cartoon'];

/** Letters of nobody's choice beside those of the witness. */
function written(reach: Reach, { token: _, ...plain }: Request): Probe[] {
  const { path = '/', method = 'GET' } = plain;
  const hosts = reach.dimensions.some(({ about }) => about.in === 'host')
    ? HOSTS.map((host) => ({ addressed: { scheme: 'http', host } }))
    : [];
  const lines = [
    ...hosts,
    { path: `${path}x` },
    { path: `${path.replace(/\/$/, '')}/x` },
    { method: method === 'PATCH' ? 'GET' : 'PATCH' },
  ];
  return lines.flatMap((line) => {
    const request = { ...plain, ...line };
    return reach.isBytes ? [] : told(classAmong(reach, request), request);
  });
}

import type { Cluster } from '../../cluster/cluster';
import { perCluster } from '../../cluster/per-cluster';
import { groupedBy } from '../../support/grouping';
import { AlikeCallers } from '../../verdict/reach/alike/alike-callers';
import { dividedIn, type Division } from '../../verdict/reach/division';
import { isShut } from '../../verdict/reach/reach';
import type { Caller, Target } from '../../verdict/requests/request';
import { type Crowd, everybodyIn, type Member } from './crowds';
import { type Fate, fatesOf } from './fates';

/** Somebody, or a crowd, whose requests arrive. */
export interface Call {
  readonly crowd?: Crowd;
  readonly members: readonly Member[];
  /** Who belongs to the crowd, and whose requests do not arrive. */
  readonly butNot: readonly string[];
  readonly fates: readonly Fate[];
}

/** What of all requests of a caller arrives, and a name that is the same for whoever fares alike. */
interface Told {
  readonly name: string;
  readonly fates: readonly Fate[];
}

const NOTHING: Told = { name: '', fates: [] };

/** Who of all within the cluster reaches somewhere; undefined where requests are told apart in more combinations than are tried. */
export function callsTo(cluster: Cluster, to: Target): Call[] | undefined {
  const everybody = everybodyIn(cluster);
  const someone: Caller = { pod: { namespace: '-' } };
  const division = dividedIn(cluster, { from: [someone], to });
  return division && callsWithin(everybody, NOTHING, [], toldBy(cluster, to, division));
}

/** Asked once for all callers that nothing on the way tells apart. */
function toldBy(cluster: Cluster, to: Target, division: Division): (caller: Caller) => Told {
  const known = new Map<string, Told>();
  const { alike, places } = callersOf(cluster);
  const marks = alike.marksAt(to);
  return (caller) => {
    const mark = marks[places.get(caller)!];
    const isShutOut = !known.has(mark) && isShut(cluster, { from: [caller], to });
    const told = known.get(mark) ?? (isShutOut ? NOTHING : toldOf(fatesOf(cluster, caller, to, division)));
    known.set(mark, told);
    return told;
  };
}

/** Everybody who is asked about: those with a name, and whoever stands for a crowd. */
const callersOf = perCluster((cluster: Cluster) => {
  const callers = callersWithin(everybodyIn(cluster));
  return { alike: new AlikeCallers(cluster, callers), places: new Map(callers.map((caller, index) => [caller, index])) };
});

function callersWithin({ stranger, crowds, members }: Crowd): Caller[] {
  return [...(stranger ? [stranger] : []), ...members.map(({ caller }) => caller), ...crowds.flatMap(callersWithin)];
}

function toldOf(fates: readonly Fate[]): Told {
  if (fates.length === 0) return NOTHING;
  const named = fates.map(({ decidedBy, routedBy, ...fate }) => [
    fate,
    [...decidedBy, ...routedBy].map(({ kind, path, name }) => [kind, path, name]),
  ]);
  return { name: JSON.stringify(named), fates };
}

/** A crowd that fares as the one around it has been told already; `butNot` is where that one notes who does not. */
function callsWithin(crowd: Crowd, around: Told, butNot: string[], told: (caller: Caller) => Told): Call[] {
  const own = fateOf(crowd, told);
  const isNew = own.name !== around.name;
  const noted = isNew && own.name !== '' ? [] : butNot;
  if (isNew && own.name === '') butNot.push(crowd.title);
  const others = crowd.members.map((member) => ({ member, told: told(member.caller) })).filter((one) => one.told.name !== own.name);
  if (own.name !== '') noted.push(...others.filter((one) => one.told.name === '').map(({ member }) => member.name));
  const arriving = groupedBy(
    others.filter((one) => one.told.name !== ''),
    (one) => JSON.stringify([one.member.node, one.told.name]),
  );
  return [
    ...(isNew && own.name !== '' ? [{ crowd, members: [], butNot: noted, fates: own.fates }] : []),
    ...crowd.crowds.flatMap((inner) => callsWithin(inner, own, noted, told)),
    ...[...arriving.values()].map((some) => ({ members: some.map(({ member }) => member), butNot: [], fates: some[0].told.fates })),
  ];
}

function fateOf({ stranger, crowds }: Crowd, told: (caller: Caller) => Told): Told {
  if (stranger) return told(stranger);
  const [first = NOTHING, ...others] = crowds.map((crowd) => fateOf(crowd, told));
  return others.every(({ name }) => name === first.name) ? first : NOTHING;
}

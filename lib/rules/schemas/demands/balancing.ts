import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf, textsOf } from '../../../cluster/objects/fields';
import { areApart } from '../values/localities';
import { isNoTimespan, isUnreadable } from '../values/timespans';
import { type Demand, within } from './demand';
import { TIMESPAN } from './pools';

const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];
const MOST_IN_TABLE = 5_000_011;
const LOCALITIES = ['localityLbSetting', 'zoneAwareLbSetting'];

/** What is asked of the way to choose among pods, which stands in these fields. */
export function balancingDemands(balancers: readonly string[]): Demand[] {
  return [
    ...hashDemands(within(balancers, 'consistentHash')),
    ...localityDemands(balancers),
    ...shareDemands(within(balancers, LOCALITIES[0])),
    ...warmupDemands(balancers),
  ];
}

function hashDemands(hashes: readonly string[]): Demand[] {
  return [
    {
      at: within(hashes, 'httpCookie'),
      refuses: (cookie) => !textOf(fieldsOf(cookie).name),
      what: 'is a cookie without a name',
      fix: 'write its name',
    },
    { at: within(hashes, 'httpCookie.ttl'), refuses: isUnreadable, what: 'is no duration', fix: TIMESPAN.fix },
    {
      at: within(hashes, 'httpCookie.attributes'),
      refuses: (attributes) => areNoNames(listOf(attributes).map(({ name }) => textOf(name) ?? '')),
      what: 'has an attribute without a name, or one twice',
      fix: 'write each attribute once, with its name',
    },
    {
      at: hashes,
      refuses: (hash) =>
        isSaid(fieldsOf(hash).minimumRingSize) && numberOf(fieldsOf(hash).minimumRingSize) !== 0 && saysAlgorithm(fieldsOf(hash)),
      what: 'has minimumRingSize beside ringHash or maglev',
      fix: 'write ringHash.minimumRingSize in its stead',
    },
    {
      at: within(hashes, 'maglev'),
      refuses: (maglev) => isNoTable(fieldsOf(maglev).tableSize),
      what: 'needs a tableSize that is a prime number below 5000011',
      fix: 'write for example tableSize: 65537',
    },
  ];
}

function localityDemands(balancers: readonly string[]): Demand[] {
  const [byLocality, byZone] = LOCALITIES.map((key) => within(balancers, key));
  const failovers = [...byLocality, ...byZone].map((place) => `${place}.failover[]`);
  return [
    {
      at: byLocality,
      refuses: (locality) => listOf(fieldsOf(locality).distribute).length > 0 && listOf(fieldsOf(locality).failover).length > 0,
      what: 'has both distribute and failover',
      fix: 'keep one of them: where requests are shared out, nothing fails over',
    },
    {
      at: byLocality,
      refuses: (locality) => listOf(fieldsOf(locality).failover).length > 0 && namesTopology(fieldsOf(locality).failoverPriority),
      what: 'has failover beside a topology label in failoverPriority',
      fix: 'keep one of them',
    },
    {
      at: within(byZone, 'failoverPriority'),
      refuses: namesTopology,
      what: 'names a region, a zone or a subzone, which zoneAwareLbSetting goes by anyway',
      fix: 'leave the topology label out',
    },
    {
      at: failovers,
      refuses: (failover) => isNoFailover(fromOf(fieldsOf(failover)), textOf(fieldsOf(failover).to) ?? ''),
      what: 'has to lead from one region to another',
      fix: 'write from and to as two regions, without zones and stars',
    },
  ];
}

function shareDemands(localities: readonly string[]): Demand[] {
  return [
    {
      at: within(localities, 'distribute[]'),
      refuses: (share) => isNoWhole(fieldsOf(fieldsOf(share).to)),
      what: 'has shares that are not from 1 to 100, or do not add up to 100',
      fix: 'write shares of which the sum is 100',
    },
    {
      at: within(localities, 'distribute'),
      refuses: (distribute) =>
        !areApart(listOf(distribute).map(fromOf)) || listOf(distribute).some(({ to }) => overlapSomehow(Object.keys(fieldsOf(to)))),
      what: 'has localities that overlap, have an empty part, or a star before their end',
      fix: 'write each as region, region/zone or region/zone/subzone, with a star at its end at most, and each once',
    },
  ];
}

function warmupDemands(balancers: readonly string[]): Demand[] {
  return [
    { at: within(balancers, 'warmup.duration', 'warmupDurationSecs'), refuses: isNoTimespan, ...TIMESPAN },
    {
      at: within(balancers, 'warmup'),
      refuses: (warmup) => !isSaid(fieldsOf(warmup).duration),
      what: 'needs a duration',
      fix: 'write for example duration: 60s',
    },
  ];
}

function saysAlgorithm({ ringHash, maglev }: Fields): boolean {
  return isSaid(ringHash) || isSaid(maglev);
}

function areNoNames(names: readonly string[]): boolean {
  return names.includes('') || new Set(names).size < names.length;
}

function isNoTable(size: unknown): boolean {
  const said = numberOf(size) ?? 0;
  return said >= MOST_IN_TABLE || !isPrime(said);
}

function isPrime(number: number): boolean {
  if (number < 2) return false;
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false;
  return true;
}

function namesTopology(priority: unknown): boolean {
  return textsOf(priority).some((label) => TOPOLOGY.includes(label));
}

/** A map has no order, and Istio goes through it in any. */
function overlapSomehow(localities: readonly string[]): boolean {
  return !areApart(localities) || !areApart([...localities].reverse());
}

function isNoWhole(to: Fields): boolean {
  const shares = Object.values(to).map((share) => numberOf(share) ?? 0);
  return shares.some((share) => share < 1 || share > 100) || shares.reduce((sum, share) => sum + share, 0) !== 100;
}

function fromOf({ from }: Fields): string {
  return textOf(from) ?? '';
}

function isNoFailover(from: string, to: string): boolean {
  return from === to || /[/*]/.test(`${from}${to}`);
}

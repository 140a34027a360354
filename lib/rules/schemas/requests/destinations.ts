import { fieldsOf, isSaid, numberOf, textOf } from '../../../cluster/objects/fields';
import { type Demand, within } from '../demands/demand';
import { isNegative, isNoPercentage, isNoPort } from '../values/amounts';
import { isDnsLabel, isHostWithStar } from '../values/names';

const HTTP = 'spec.http[]';
const SHARED = [`${HTTP}.route`, 'spec.tls[].route', 'spec.tcp[].route'];
const PARTS = [...SHARED, `${HTTP}.mirrors`].map((list) => `${list}[]`);
const DESTINATIONS = [...within(PARTS, 'destination'), `${HTTP}.mirror`];

/** What is asked of where a route leads, and with which shares. */
export const DESTINATION_DEMANDS: readonly Demand[] = [
  { at: PARTS, refuses: (part) => !isSaid(fieldsOf(part).destination), what: 'leads nowhere', fix: 'write destination.host' },
  {
    at: DESTINATIONS,
    refuses: (destination) => isNoHost(textOf(fieldsOf(destination).host) ?? ''),
    what: 'has no host to lead to',
    fix: 'write destination.host, such as cart.shop.svc.cluster.local',
  },
  {
    at: within(DESTINATIONS, 'subset'),
    refuses: (subset) => typeof subset === 'string' && subset !== '' && !isDnsLabel(subset),
    what: 'is no name of a subset',
    fix: 'write a subset of the DestinationRule',
  },
  {
    at: within(DESTINATIONS, 'port'),
    refuses: (port) => isNoPort(numberOf(fieldsOf(port).number) ?? 0),
    what: 'has no number from 1 to 65535',
    fix: 'write number, a port of the Service',
  },
  { at: SHARED.map((list) => `${list}[].weight`), refuses: isNegative, what: 'is below zero', fix: 'write a share of the requests' },
  {
    at: [`${HTTP}.mirrorPercent`, `${HTTP}.mirrorPercentage.value`, `${HTTP}.mirrors[].percentage.value`],
    refuses: isNoPercentage,
    what: 'is no percentage',
    fix: 'write a number from 0 to 100',
  },
];

function isNoHost(host: string): boolean {
  return host === '*' || !isHostWithStar(host);
}

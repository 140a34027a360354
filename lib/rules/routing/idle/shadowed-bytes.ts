import { hasLabels } from '../../../cluster/objects/selectors';
import { type Fields, isSaid, labelsOf, listOf, textsOf } from '../../../cluster/objects/fields';
import { gatewayKey } from '../../../cluster/routes/gateway-keys';
import { type RouteProtocol, type VirtualService, writtenRoutes } from '../../../cluster/routes/virtual-services';
import { hostMatches } from '../../../cluster/services/hosts';

/** A match that gets nothing, and the one before it that takes all, by their places. */
export interface Shadowed {
  readonly first: string;
  readonly asked: string;
  readonly isSame: boolean;
}

interface Asked {
  readonly place: string;
  readonly match: Fields;
}

/** Routes of `tcp`, and those of `tls`, are tried in the order in which they are written. */
export function shadowedBytes(one: VirtualService): Shadowed[] {
  return (['tcp', 'tls'] as const).flatMap((protocol) => shadowsIn(asksOf(one, protocol), one.namespaceName));
}

function asksOf(one: VirtualService, protocol: RouteProtocol): Asked[] {
  return writtenRoutes(one, [protocol]).flatMap(({ route }, index) => {
    const [place, matches] = [`${protocol} route ${index + 1}`, listOf(route.match)];
    if (matches.length === 0) return [{ place, match: {} }];
    return matches.map((match, at) => ({ place: matches.length > 1 ? `match ${at + 1} of ${place}` : place, match }));
  });
}

function shadowsIn(all: readonly Asked[], namespaceName: string): Shadowed[] {
  return all.flatMap((asked, index) => {
    const first = all.slice(0, index).find(({ match }) => takesAll(match, asked.match, namespaceName));
    return first ? [{ first: first.place, asked: asked.place, isSame: takesAll(asked.match, first.match, namespaceName) }] : [];
  });
}

/** Whether every connection of the narrow match is one of the wide match; false where that is not sure. */
function takesAll(wide: Fields, narrow: Fields, namespaceName: string): boolean {
  const keysOf = ({ gateways }: Fields) => textsOf(gateways).map((name) => gatewayKey(name, namespaceName));
  return Object.keys(wide).every((field) => {
    if (field === 'sniHosts') return areWithin(textsOf(wide.sniHosts), textsOf(narrow.sniHosts), hostMatches);
    if (field === 'gateways') return areWithin(keysOf(wide), keysOf(narrow), (one, other) => one === other);
    if (field === 'sourceLabels') return hasLabels(labelsOf(narrow.sourceLabels), labelsOf(wide.sourceLabels));
    return !isSaid(wide[field]) || JSON.stringify(wide[field]) === JSON.stringify(narrow[field]);
  });
}

/** No word at all takes everything. */
function areWithin(wide: readonly string[], narrow: readonly string[], takes: (one: string, other: string) => boolean): boolean {
  return wide.length === 0 || (narrow.length > 0 && narrow.every((other) => wide.some((one) => takes(one, other))));
}

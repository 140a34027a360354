import fc from 'fast-check';
import { authorizationPolicy, networkPolicy, peerAuthentication, requestAuthentication } from './access';
import {
  entering,
  gatewayService,
  httpRoute,
  istioGateway,
  kubernetesGateway,
  listenerSet,
  referenceGrant,
  tcpRoute,
  tlsRoute,
} from './edges';
import { foundations } from './foundations';
import type { Written } from './pools';
import { destinationRule, serviceEntry, sidecar, virtualService } from './traffic';

const up = (most: number) => (object: fc.Arbitrary<Written>) => fc.array(object, { maxLength: most, size: 'max' });

/** What a mesh is about, so that not everything is in the way of everything. */
const ABOUT: Readonly<Record<string, readonly fc.Arbitrary<Written[]>[]>> = {
  access: [
    up(4)(authorizationPolicy),
    up(2)(peerAuthentication),
    up(2)(requestAuthentication),
    up(1)(networkPolicy),
    up(1)(virtualService),
    up(1)(destinationRule),
  ],
  routes: [
    up(3)(virtualService),
    up(3)(destinationRule),
    up(1)(sidecar),
    up(2)(serviceEntry),
    up(1)(authorizationPolicy),
    up(1)(peerAuthentication),
  ],
  'gateway-api': [
    up(3)(httpRoute),
    up(1)(tcpRoute),
    up(1)(tlsRoute),
    up(2)(referenceGrant),
    up(1)(authorizationPolicy),
    up(1)(destinationRule),
  ],
  doors: [
    up(1)(kubernetesGateway),
    up(1)(listenerSet),
    up(2)(httpRoute),
    up(1)(tcpRoute),
    up(1)(tlsRoute),
    up(1)(referenceGrant),
    up(1)(istioGateway),
    fc.constant([gatewayService]),
    up(2)(entering),
    up(1)(authorizationPolicy),
    up(1)(requestAuthentication),
  ],
};

/** Whatever somebody might have written about one of these: of two objects of one name the first. */
export const rawMeshes: Readonly<Record<string, fc.Arbitrary<Written[]>>> = Object.fromEntries(
  Object.entries(ABOUT).map(([about, kinds]) => [about, fc.tuple(foundations, ...kinds).map((groups) => firstOfEach(groups.flat()))]),
);

function firstOfEach(objects: readonly Written[]): Written[] {
  const names = objects.map(keyOf);
  return objects.filter((object, index) => names.indexOf(keyOf(object)) === index);
}

const keyOf = ({ apiVersion, kind, metadata }: Written): string =>
  `${apiVersion.split('/')[0]} ${kind} ${metadata.namespace}/${metadata.name}`;

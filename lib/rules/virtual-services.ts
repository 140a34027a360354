import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { addTo } from '../support/grouping';
import { fullHost } from './hosts';
import {
  type Fields,
  fieldsOf,
  listOf,
  nameOf,
  namespaceOf,
  NETWORKING,
  numberOf,
  objectsOf,
  rawObjectsOf,
  specOf,
  textOf,
  textsOf,
  valueAt,
} from './manifest-reader';
import { perModel } from './per-model';

const PROTOCOLS = ['http', 'tls', 'tcp'];

/** Where a route sends requests, copies of them as well. */
export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
}

/** Proxies of pods follow it, not only gateways. */
function attachesToMesh(object: ManifestObject): boolean {
  const gateways = textsOf(specOf(object).gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}

function hostsOf(model: MeshModel, object: ManifestObject): string[] {
  return textsOf(specOf(object).hosts).map((host) => fullHost(model, namespaceOf(object), host));
}

/** VirtualServices that pods follow, by each of their hosts. */
export const meshVirtualServices = perModel((model): ReadonlyMap<string, readonly ManifestObject[]> => {
  const owners = new Map<string, ManifestObject[]>();
  for (const object of objectsOf(model, NETWORKING, 'VirtualService').filter(attachesToMesh)) {
    for (const host of new Set(hostsOf(model, object))) addTo(owners, host, object);
  }
  return owners;
});

/** One route of a VirtualService, with a name for messages. */
export interface VirtualRoute {
  readonly object: ManifestObject;
  readonly title: string;
  readonly route: Fields;
}

function routesOf(object: ManifestObject, protocols: readonly string[]): VirtualRoute[] {
  return protocols.flatMap((protocol) =>
    listOf(specOf(object)[protocol]).map((route, index) => {
      const title = `${textOf(route.name) ?? `${protocol} route ${index + 1}`} in ${nameOf(object)}`;
      return { object, title, route };
    }),
  );
}

/** Routes of VirtualServices that no construct of this library made. */
export function rawRoutes(model: MeshModel, protocols: readonly string[] = PROTOCOLS): VirtualRoute[] {
  return rawObjectsOf(model, NETWORKING, 'VirtualService').flatMap((object) => routesOf(object, protocols));
}

/** All destinations, hosts in full. */
export function destinationsOf(model: MeshModel, object: ManifestObject): Destination[] {
  const spec = specOf(object);
  return PROTOCOLS.flatMap((protocol) => listOf(spec[protocol]).flatMap(targetsOf)).flatMap((target) => {
    const host = textOf(target.host);
    if (host === undefined) return [];
    const port = numberOf(valueAt(target, 'port', 'number'));
    return [{ host: fullHost(model, namespaceOf(object), host), subset: textOf(target.subset), port }];
  });
}

function targetsOf({ route, mirror, mirrors }: Fields): Fields[] {
  const targets = [...listOf(route), ...listOf(mirrors)].map(({ destination }) => fieldsOf(destination));
  return mirror === undefined ? targets : [...targets, fieldsOf(mirror)];
}

import type { ManifestObject, MeshModel } from '../model/mesh-model';
import { fullHost } from './hosts';
import { type Fields, fieldsOf, listOf, namespaceOf, numberOf, specOf, textOf, textsOf, valueAt } from './manifest-reader';

/** Where a route sends requests, copies of them as well. */
export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
}

/** Proxies of pods follow it, not only gateways. */
export function attachesToMesh(object: ManifestObject): boolean {
  const gateways = textsOf(specOf(object).gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}

/** Its hosts in full. */
export function hostsOf(model: MeshModel, object: ManifestObject): string[] {
  return textsOf(specOf(object).hosts).map((host) => fullHost(model, namespaceOf(object), host));
}

export function httpRoutesOf(object: ManifestObject): readonly Fields[] {
  return listOf(specOf(object).http);
}

/** Its routes of all protocols, each with a name for messages. */
export function routesOf(object: ManifestObject): Array<{ readonly title: string; readonly route: Fields }> {
  return ['http', 'tls', 'tcp'].flatMap((protocol) =>
    listOf(specOf(object)[protocol]).map((route, index) => ({ title: textOf(route.name) ?? `${protocol} route ${index + 1}`, route })),
  );
}

/** All destinations, hosts in full. */
export function destinationsOf(model: MeshModel, object: ManifestObject): Destination[] {
  return routesOf(object)
    .flatMap(({ route }) => [
      ...listOf(route.route).map(({ destination }) => fieldsOf(destination)),
      ...listOf(route.mirrors).map(({ destination }) => fieldsOf(destination)),
      fieldsOf(route.mirror),
    ])
    .flatMap((destination) => {
      const host = textOf(destination.host);
      if (host === undefined) return [];
      const port = numberOf(valueAt(destination, 'port', 'number'));
      return [{ host: fullHost(model, namespaceOf(object), host), subset: textOf(destination.subset), port }];
    });
}

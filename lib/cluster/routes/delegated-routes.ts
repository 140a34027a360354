import type { Cluster } from '../cluster';
import { keyOf } from '../objects/manifest-object';
import { perCluster } from '../per-cluster';
import type { StringMatch, VirtualMatch } from './virtual-matches';
import { httpRoutesOf, isExportedTo, type VirtualRoute, type VirtualService, virtualServices } from './virtual-services';

const byKey = perCluster((cluster: Cluster) => new Map(virtualServices(cluster).map((one) => [keyOf(one.object), one])));

/** The routes of a VirtualService as proxies have them: in the place of one that delegates stand those that it delegates to. */
export function followedRoutes(cluster: Cluster, root: VirtualService): VirtualRoute[] {
  return httpRoutesOf(cluster, root).flatMap((route) => {
    if (route.delegate === undefined) return [route];
    const delegate = byKey(cluster).get(route.delegate);
    const isFollowed = delegate && delegate.hosts.length === 0 && isExportedTo(delegate, root.namespaceName);
    return isFollowed ? httpRoutesOf(cluster, delegate).flatMap((leaf) => merged(route, leaf) ?? []) : [];
  });
}

/** What the leaf says goes first; undefined where the two contradict each other, and then istiod leaves it out. */
function merged(root: VirtualRoute, leaf: VirtualRoute): VirtualRoute | undefined {
  const matches = mergedMatches(root.matches, leaf.matches);
  if (matches?.length === 0) return undefined;
  return {
    ...leaf,
    name: [root.name, leaf.name].filter((name) => name !== undefined).join('-') || undefined,
    matches,
    rewrite: leaf.rewrite ?? root.rewrite,
    headers: leaf.headers ?? root.headers,
    answer: leaf.answer ?? (root.answer?.redirect ? undefined : root.answer),
    fault: leaf.fault ?? root.fault,
    timeout: leaf.timeout ?? root.timeout,
    retries: leaf.retries ?? root.retries,
    // Nobody follows a second one.
    delegate: undefined,
  };
}

/** None where one match of the leaf finds no place within those of the root. */
function mergedMatches(roots: VirtualRoute['matches'], leaves: VirtualRoute['matches']): VirtualRoute['matches'] {
  if (!roots || !leaves) return leaves ?? roots;
  const within = leaves.map((leaf) => roots.filter((root) => !contradicts(root, leaf)).map((root) => mergedMatch(root, leaf)));
  return within.every((places) => places.length > 0) ? within.flat() : [];
}

function mergedMatch(root: VirtualMatch, leaf: VirtualMatch): VirtualMatch {
  return {
    uri: leaf.uri ?? root.uri,
    ignoresCase: leaf.ignoresCase,
    method: leaf.method ?? root.method,
    scheme: leaf.scheme ?? root.scheme,
    authority: leaf.authority ?? root.authority,
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    port: leaf.port ?? root.port,
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: leaf.sourceNamespace ?? root.sourceNamespace,
    gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
  };
}

function contradicts(root: VirtualMatch, leaf: VirtualMatch): boolean {
  return [
    isOutside(root.uri, leaf.uri),
    isOutside(root.method, leaf.method),
    isOutside(root.scheme, leaf.scheme),
    isOutside(root.authority, leaf.authority),
    someOutside(root.headers, leaf.headers),
    someOutside(root.withoutHeaders, leaf.withoutHeaders),
    someOutside(root.queryParams, leaf.queryParams),
    root.port !== undefined && (leaf.port ?? root.port) !== root.port,
    root.sourceNamespace !== undefined && root.sourceNamespace !== leaf.sourceNamespace,
    Object.entries(leaf.sourceLabels).some(([key, value]) => (root.sourceLabels[key] ?? value) !== value),
    root.gateways.length > 0 && leaf.gateways.some((name) => !root.gateways.includes(name)),
  ].includes(true);
}

const someOutside = (root: Readonly<Record<string, StringMatch>>, leaf: Readonly<Record<string, StringMatch>>): boolean =>
  Object.entries(leaf).some(([name, match]) => isOutside(root[name], match));

/** Whether texts that the leaf takes are none that the root takes, as far as istiod compares them: a regular expression it compares with nothing. */
function isOutside(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (!root || !leaf) return false;
  if (root.regex || leaf.regex) return true;
  if (root.exact) return leaf.prefix !== undefined || leaf.exact !== root.exact;
  const text = leaf.prefix || leaf.exact;
  return !root.prefix || !text || !text.startsWith(root.prefix);
}

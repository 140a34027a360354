import type { Exposure } from '../exposure';
import { asksAtGateway } from '../users/gateway-users';

/** Requests as a policy of a gateway tells them: a path with all below it, and perhaps a method. */
export interface Region {
  readonly method?: string;
  readonly path: string;
}

type Opening = Pick<Exposure, 'host' | 'listener' | 'listenerSet' | 'protocol' | 'pathPrefix' | 'pathPattern' | 'matches' | 'users'> & {
  readonly gateway: { readonly key: string };
};

/** What an exposure takes, as wide as policies have words for it. */
export function regionsOf({ pathPrefix, matches = [{ headers: [], queryParams: [] }] }: Opening): Region[] {
  return matches.map(({ method, path }) => ({ method, path: withoutEnd(path?.value ?? pathPrefix) }));
}

/** Paths below a region that another exposure takes as a whole: a longer path goes before a shorter one. */
export function pathsSetApart({ path }: Region, guarded: Opening, all: readonly Opening[]): string[] {
  if (guarded.pathPattern !== undefined) return [];
  const below = besides(guarded, all).filter((other) => isPlain(other) && isBelow(other.pathPrefix, path));
  return [...new Set(below.map(({ pathPrefix }) => withoutEnd(pathPrefix)))].sort();
}

/** Another exposure of the same host whose requests a policy cannot tell from those that need a token, and which asks for something else. */
export function untoldFrom(guarded: Opening, all: readonly Opening[]): Opening | undefined {
  const asked = JSON.stringify(guarded.users?.anyOf);
  return besides(guarded, all)
    .filter(({ users }) => !asksAtGateway(users) || JSON.stringify(users.anyOf) !== asked)
    .find((other) => regionsOf(guarded).some((one) => regionsOf(other).some((region) => isUntold({ guarded, one }, { other, region }))));
}

interface One {
  readonly guarded: Opening;
  readonly one: Region;
}

interface Other {
  readonly other: Opening;
  readonly region: Region;
}

function isUntold({ guarded, one }: One, { other, region }: Other): boolean {
  if (one.method !== undefined && region.method !== undefined && one.method !== region.method) return false;
  if (one.path === region.path) return true;
  if (isBelow(region.path, one.path)) return !isPlain(other) || guarded.pathPattern !== undefined;
  return isBelow(one.path, region.path) && isNarrower(guarded);
}

function besides(guarded: Opening, all: readonly Opening[]): Opening[] {
  const { gateway, host, listener, listenerSet } = guarded;
  const place = JSON.stringify([gateway.key, host, listener, listenerSet]);
  return all.filter(
    (other) =>
      other !== guarded &&
      other.protocol === 'http' &&
      JSON.stringify([other.gateway.key, other.host, other.listener, other.listenerSet]) === place,
  );
}

function isPlain({ matches, pathPattern }: Opening): boolean {
  return matches === undefined && pathPattern === undefined;
}

/** It takes less than its path and its method say. */
function isNarrower({ matches = [], pathPattern }: Opening): boolean {
  const told = matches.some(({ headers, queryParams, cookies = [] }) => [headers, queryParams, cookies].some((one) => one.length > 0));
  return told || pathPattern !== undefined;
}

function isBelow(path: string, prefix: string): boolean {
  const [inner, outer] = [withoutEnd(path), withoutEnd(prefix)];
  return inner !== outer && (outer === '/' || inner.startsWith(`${outer}/`));
}

function withoutEnd(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

import { MeshError } from '../../../support/mesh-error';

/** A path below the root at which a volume can be mounted. */
export function requireMountPath(at: string, path: string): string {
  const parts = path.split('/').slice(1);
  if (path.startsWith('/') && path !== '/' && !path.includes(':') && !parts.includes('..') && !parts.includes('')) return path;
  throw new MeshError({
    code: 'MESH775',
    at,
    what: "a volume is mounted at a path that begins with / and names a directory below it, without ':' and '..'",
    got: path,
    fix: 'write the whole path, for example /var/lib/app',
  });
}

/** What a volume is called after the place where it is mounted: `/etc/app` is `etc-app`. */
export function volumeNameOf(path: string): string {
  const words = path.toLowerCase().split(/[^a-z0-9]+/);
  return words.filter(Boolean).join('-').slice(0, 63).replace(/-+$/, '') || 'volume';
}

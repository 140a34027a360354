import type { IConstruct } from 'constructs';
import { isDeferred } from '../deferred';
import { MeshError } from '../mesh-error';
import { requireDnsLength } from './dns-length';

/** A host that clients of a gateway ask for; one that is known only later is taken as it is. */
export function requireExposedHost(at: IConstruct | string, host: string): string {
  if (isDeferred(host)) return host;
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (new RegExp(`^(\\*\\.)?${label}(\\.${label})+$`).test(host)) return requireDnsLength(at, 'host', host);
  throw new MeshError({
    code: 'MESH027',
    at,
    what: 'a host is a full name in lower case, without scheme and port',
    got: host,
    fix: 'write for example shop.example.com',
  });
}

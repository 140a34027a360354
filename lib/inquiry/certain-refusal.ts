import type { Cluster } from '../cluster/cluster';
import { type AuthorizationRule, type Clause, readPolicy } from '../cluster/policies/authorization-policies';
import { requestAuthentications } from '../cluster/policies/request-authentications';
import type { Decision } from '../verdict/decide';
import { isForeign } from './touched';

const TOKENS = ['requestPrincipals', 'notRequestPrincipals'];
const HOSTS = ['hosts', 'notHosts', 'remoteIpBlocks', 'notRemoteIpBlocks'];
const PATHS = ['paths', 'notPaths'];
const OF_CONNECTIONS = ['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];
const EVERY_PATH = ['*', '/*'];

/**
 * Whether a refusal holds for every request that is meant. One request is tried for many: those may carry a token, a header or another host, and
 * a path that a refusal does not name. A route is somebody's word only if somebody else wrote it.
 */
export function isCertain(cluster: Cluster, { layer, object }: Decision): boolean {
  if (!object || !isForeign(object)) return layer !== 'routing';
  if (object.kind !== 'AuthorizationPolicy') return true;
  const { action, rules } = readPolicy(object);
  const open = requestAuthentications(cluster).length > 0 ? [...TOKENS, ...HOSTS] : HOSTS;
  return action === 'DENY' ? rules.some((rule) => isPlain(rule, [...open, ...PATHS])) : rules.every((rule) => isPlain(rule, open));
}

function isPlain({ from, to, when }: AuthorizationRule, open: readonly string[]): boolean {
  const asks = (clause: Clause): boolean => open.some((field) => clause[field]?.some((value) => !isEveryPath(field, value)));
  return ![...from, ...to].some(asks) && when.every(({ key }) => OF_CONNECTIONS.includes(key));
}

function isEveryPath(field: string, value: string): boolean {
  return field === 'paths' && EVERY_PATH.includes(value);
}

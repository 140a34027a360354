import { needsHttp } from '../../model/access/condition-facts';
import type { CallStatement } from '../../model/call';
import type { HttpPart } from '../../model/http-part';
import type { Port } from '../../model/port';
import type { CallOptions } from '../../values/access/call-options';
import { userPartOf } from '../../values/access/end-user';

const ALL_REQUESTS: HttpPart = { methods: [], paths: [] };

type Asked = Pick<CallStatement, 'http' | 'user' | 'conditions'>;

/** What has to hold of a call, as plain data. Whatever only who reads HTTP can tell makes it a call of requests. */
export function askedOf(action: CallStatement['action'], options: CallOptions, speaking: readonly Port[]): Asked {
  const user = options.user && userPartOf(options.user);
  const conditions = options.conditions?.map(({ _facts }) => _facts);
  const isOfRequests = user !== undefined || (action === 'CUSTOM' && speaking.length > 0) || needsHttp(conditions ?? []);
  const http = options.http?.map(({ _facts }) => _facts) ?? (isOfRequests ? [ALL_REQUESTS] : undefined);
  return { http, user, conditions };
}

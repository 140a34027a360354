import type { IConstruct } from 'constructs';
import type { Call } from '../model/call';
import type { Party } from '../model/party';
import { CallSite } from '../support/call-site';
import { requireKnown } from '../support/known';
import { MeshError } from '../support/mesh-error';
import { ANYONE } from './anyone';
import type { CallOptions } from '../values/access/call-options';
import type { MeshRegistry } from './mesh-registry';

export interface CallParts {
  readonly caller: Party;
  readonly callee: Party;
  readonly action: Call['action'];
  readonly options?: CallOptions;
  readonly httpIsOptional?: boolean;
  readonly reason?: string;
}

/** The one way into the graph: whoever says it, from whichever end, the same edge comes out. */
export function recordCall(registry: MeshRegistry, at: IConstruct, parts: CallParts): void {
  const { caller, callee, action, options = {} } = parts;
  requireKnown(at, { ...options, reason: parts.reason });
  if (options.http?.length === 0) {
    throw new MeshError({
      code: 'MESH010',
      at,
      what: 'a list of requests names at least one',
      got: 'http: []',
      fix: 'leave `http` out to mean all requests',
    });
  }
  [caller, callee].forEach((party) => requireSameApp(registry, at, party));
  const asked = options.port === undefined ? callee.ports : callee.ports.filter((port) => port.number === options.port);
  const speaking = asked.filter((port) => port.readsHttp);
  const http = options.http?.map((access) => access._facts);
  registry.record({
    caller,
    callee,
    action,
    // Without a port, HTTP means the ports that speak it; none left, or a port that was named, is for a rule to judge.
    ports: http && options.port === undefined && speaking.length > 0 ? speaking : asked,
    unknownPort: asked.length === 0 ? options.port : undefined,
    http,
    httpIsOptional: parts.httpIsOptional,
    reason: parts.reason,
    path: at.node.path,
    site: CallSite.here(),
  });
}

function requireSameApp(registry: MeshRegistry, at: IConstruct, party: Party): void {
  if (party === ANYONE || registry.parties.get(party.key) === party) return;
  throw new MeshError({
    code: 'MESH012',
    at,
    what: 'both ends of a call stand in one App, which is one cluster',
    got: `${party.path} of another App`,
    fix: 'name it with MeshedService.fromAttributes or ServiceIdentity.of',
  });
}

import type { ConditionFacts } from '../model/access/condition-facts';
import { isNamedBy } from '../model/access/many-callers';
import type { HttpPart } from '../model/http-part';
import type { CallModel, MeshModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { asksForToken } from '../model/users/end-user';
import { groupedBy } from '../support/grouping';
import { inBlock } from '../verdict/decision/address-blocks';
import { pathMatches, textMatches } from '../verdict/decision/text-match';
import type { Line } from './sample-lines';

/** A request as the graph of calls knows it. */
export interface Asked {
  /** Nobody's where none is proven. */
  readonly principal?: string;
  /** Where they connect from; nobody's where it is not told. */
  readonly address?: string;
  /** By which the request asks; none where an address is dialled. */
  readonly host?: string;
  /** Of the pod. */
  readonly port: number;
  readonly line: Line;
}

/** The program's own word on who may call whom: its statements, without the objects that they became. */
export class Granted {
  private readonly byCallee: ReadonlyMap<string, readonly CallModel[]>;

  constructor({ calls }: MeshModel) {
    this.byCallee = groupedBy(calls, ({ callee }) => callee.key);
  }

  callsTo({ key }: Pick<Party, 'key'>): readonly CallModel[] {
    return this.byCallee.get(key) ?? [];
  }

  /** A namespace is closed by its construct, an open service by its first grant; before its last stage nothing closes it. */
  isClosed(service: Party): boolean {
    const { zeroTrust, stage, closedByMesh = false } = service.namespace;
    const isGranted = this.callsTo(service).some(({ action, plaintext }) => action === 'ALLOW' && !plaintext);
    return zeroTrust || closedByMesh || (isGranted && stage === undefined);
  }

  allows(service: Party, asked: Asked): boolean {
    const meant = this.callsTo(service).filter((call) => covers(call, asked));
    if (meant.some(({ action }) => action === 'DENY')) return false;
    return !this.isClosed(service) || meant.some(({ action }) => action === 'ALLOW');
  }
}

// Nobody is asked about here who carries a token.
function covers(call: CallModel, asked: Asked): boolean {
  const { caller, ports, http, httpIsOptional, user, hops, conditions = [], excepted = [] } = call;
  const { port } = asked;
  return (
    isMeant(caller, asked) &&
    !excepted.some(({ principal }) => isNamedBy(principal, asked.principal)) &&
    conditions.every((condition) => holds(condition, asked)) &&
    !asksForToken(user) &&
    ports.some(({ targetPort }) => targetPort === port) &&
    (!http || httpIsOptional || [...http, ...seenParts(hops)].some((part) => meets(asked, part)))
  );
}

function isMeant({ kind, principal, addresses }: Party, asked: Asked): boolean {
  if (kind === 'callers' && addresses) return addresses.some((block) => inBlock(block, asked.address ?? ''));
  return kind === 'anyone' || isNamedBy(principal, asked.principal);
}

function holds(condition: ConditionFacts, { address = '', line: { headers = {} } }: Asked): boolean {
  if (condition.in === 'addresses') return condition.blocks.some((block) => inBlock(block, address));
  return condition.values.some((value) => textMatches(value, headers[condition.name]));
}

/** What is meant in other words, where a route changes paths before they are looked at. */
function seenParts(hops: CallModel['hops']): readonly HttpPart[] {
  return hops.flatMap(({ enforcement }) => enforcement?.http ?? []);
}

function meets({ host = '', line: { method = '', path = '' } }: Asked, { methods, paths, notPaths = [], hosts }: HttpPart): boolean {
  if (hosts && !hosts.some((one) => textMatches(one, host))) return false;
  const hasMethod = methods.length === 0 || methods.some((one) => textMatches(one, method));
  const isLeftOut = notPaths.some((one) => pathMatches(one, path));
  return hasMethod && !isLeftOut && (paths.length === 0 || paths.some((one) => pathMatches(one, path)));
}

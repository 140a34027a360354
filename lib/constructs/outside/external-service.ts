import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import { setParty } from '../../graph/party-of';
import { settledOf } from '../../graph/settle';
import type { Settled } from '../../graph/settled';
import type { PartyFacts } from '../../model/party';
import { renderServiceEntry } from '../../render/routes/service-entry';
import type { Port } from '../../model/port';
import { requireDnsLength } from '../../support/bounds/dns-length';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { listOf, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { compareText } from '../../support/ordering';
import type { ICallee } from '../../values/access/callee';
import { EXTERNAL_PORT, type ExternalPort } from '../../values/edge/external-port';
import { namespaceOf } from '../namespace/namespace-of';
import { reserveWaypointPart } from '../policies/reserve-network-policy';
import { reservePolicies } from '../policies/reserve-policies';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';

/** A host outside the cluster. */
export interface ExternalServiceProps {
  /** Host name, without scheme and port. */
  readonly host: string;

  /** Port that is called. */
  readonly port: ExternalPort;

  /**
   * More ports of the same host; a host is declared once.
   * @default - none
   */
  readonly morePorts?: ExternalPort[];

  /**
   * Name of the ServiceEntry.
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * A host outside the cluster that services of the mesh may call.
 *
 * Expands into a ServiceEntry, visible to the namespaces that call it; behind a waypoint, into an AuthorizationPolicy that names the callers.
 * A NetworkPolicy cannot name hosts: the port is open to every public address, and a finding says so.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 * @example
 * import { ExternalPort, ExternalService } from 'istio-constructs';
 *
 * const cards = new ExternalService(shop, 'card-network', {
 *   host: 'api.cards.example.com',
 *   port: ExternalPort.https(),
 * });
 * cart.calls(cards);
 */
export class ExternalService extends Construct implements ICallee {
  /** Host name. */
  public readonly host: string;
  /** The ServiceEntry. */
  public readonly resource: ApiObject;

  /**
   * Declares the host.
   * @param scope Where to declare it: inside the construct of a namespace
   * @param id Id of the construct, and the name of the ServiceEntry unless `name` is set
   * @param props Which host and port
   */
  public constructor(scope: Construct, id: string, props: ExternalServiceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ExternalService');
    const graph = joinApp(this);
    requireOptions(this, props, EXTERNAL_SERVICE_PROPS);
    const namespaceName = namespaceOf(this);
    this.host = requireHost(this, props.host);

    const facts: PartyFacts = {
      kind: 'external',
      key: `external:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name: requireName(this, 'name of a ServiceEntry', props.name ?? id),
      namespaceName,
      owned: true,
      ports: requireNumbers(this, [props.port, ...(props.morePorts ?? [])]),
      host: this.host,
    };
    const party = graph.addParty(setParty(this, facts));
    const metadata = { name: party.name, namespace: namespaceName };
    const visible = lazy(() => visibleIn(party, settledOf(this)));
    this.resource = makeObject(this, 'Resource', networking.ServiceEntry, metadata, renderServiceEntry(party, visible));
    reservePolicies(this, party);
    reserveWaypointPart(this, party);
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const EXTERNAL_SERVICE_PROPS = struct<ExternalServiceProps>({
  host: passedOn(TEXT),
  port: EXTERNAL_PORT,
  morePorts: optional(listOf(EXTERNAL_PORT)),
  name: optional(TEXT),
});

// Sidecars heed it; ztunnel and waypoints read any value as '*', and the policy decides there.
function visibleIn(party: PartyFacts, settled: Settled): string[] {
  const others = new Set(settled.callsTo(party).map((call) => call.caller.namespaceName));
  others.delete(party.namespaceName);
  return ['.', ...[...others].sort(compareText)];
}

function requireHost(at: Construct, host: string): string {
  if (isDeferred(host)) return host;
  const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
  if (!new RegExp(`^${label}(\\.${label})+$`).test(host) || /^[0-9.]+$/.test(host)) {
    throw new MeshError({
      code: 'MESH023',
      at,
      what: 'an external host is a full name in lower case, without scheme, port or wildcard',
      got: host,
      fix: host.startsWith('*') ? 'name the hosts one by one, an ExternalService for each' : 'write for example api.example.com',
    });
  }
  if (!host.includes('.svc.')) return requireDnsLength(at, 'host', host);
  throw new MeshError({
    code: 'MESH053',
    at,
    what: 'an external host is none in the cluster',
    got: host,
    fix: 'declare an UnmeshedService or a MeshedService instead',
  });
}

function requireNumbers(at: Construct, ports: readonly ExternalPort[]): Port[] {
  const numbers = ports.map((port) => port.number);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice === undefined) return ports.map((port) => port._facts);
  throw new MeshError({ code: 'MESH052', at, what: 'each port of a host is named once', got: twice, fix: 'drop one of them' });
}

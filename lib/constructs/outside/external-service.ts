import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import type { MeshRegistry } from '../../graph/mesh-registry';
import { setParty } from '../../graph/party-of';
import type { Party } from '../../model/party';
import type { Port } from '../../model/port';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { requireKnown } from '../../support/known';
import { objectsOf } from '../tree/objects-of';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { compareText } from '../../support/ordering';
import { freeScope } from '../tree/free-scope';
import type { ICallee } from '../../values/access/callee';
import type { ExternalPort } from '../../values/edge/external-port';
import { CalleePolicies } from '../policies/callee-policies';
import { joinApp } from '../tree/join-app';
import { householdOf } from '../namespace/namespace-of';
import { lazy } from '../tree/lazy';

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
    const registry = joinApp(this);
    requireKnown(this, props, ['host']);
    const { home } = householdOf(this);
    this.host = requireHost(this, props.host);

    const party = setParty(this, {
      kind: 'external',
      key: `external:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name: requireName(this, 'name of a ServiceEntry', props.name ?? id),
      namespaceName: home.name,
      home,
      owned: true,
      ports: requireNumbers(this, [props.port, ...(props.morePorts ?? [])]),
      host: this.host,
    });
    this.resource = registry.own(makeEntry(this, party, registry));
    const policies = new CalleePolicies(this, party, registry);
    registry.addParty(party, policies);
  }

  /** Every object that it has made so far, to be patched where its own props have no words; a call, a release or a route may add more. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

function makeEntry(scope: Construct, party: Party, registry: MeshRegistry): networking.ServiceEntry {
  return new networking.ServiceEntry(scope, 'Resource', {
    metadata: { name: party.name, namespace: party.namespaceName },
    spec: {
      hosts: [party.host!],
      exportTo: lazy(() => visibleIn(party, registry)),
      location: networking.ServiceEntrySpecLocation.MESH_UNDERSCORE_EXTERNAL,
      resolution: networking.ServiceEntrySpecResolution.DNS,
      ports: party.ports.map(({ number, name }) => ({ number, name, protocol: 'TLS' })),
    },
  });
}

// Sidecars heed it; ztunnel and waypoints read any value as '*', and the policy decides there.
function visibleIn(party: Party, registry: MeshRegistry): string[] {
  const others = new Set(registry.callsTo(party).map((call) => call.caller.namespaceName));
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
      fix: 'write for example api.example.com',
    });
  }
  if (!host.includes('.svc.')) return host;
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

import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { setParty } from '../../graph/party-of';
import type { Settled } from '../../graph/settled';
import type { PartyFacts } from '../../model/party';
import type { Port } from '../../model/port';
import { isUdp, originatesTls } from '../../planes/outside/external-protocols';
import { planeOf } from '../../planes/plane-of';
import { requireBlock } from '../../support/addresses';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { listOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import type { ICallee } from '../../values/access/callee';
import { EXTERNAL_PORT, type ExternalPort } from '../../values/edge/external-port';
import { namespaceOf } from '../namespace/namespace-of';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { objectsOf } from '../tree/objects-of';
import { Slot } from '../tree/slot';
import { makeEntry } from './make-entry';
import { requireOnce } from './require-host';

/** Addresses outside the mesh that are called without a name. */
export interface ExternalNetworkProps {
  /** Single addresses or blocks of them (CIDRs). */
  readonly addresses: string[];

  /** Ports that are called there. Without a name all of them are bytes to the mesh, whatever is spoken. */
  readonly ports: ExternalPort[];

  /**
   * Name of the ServiceEntry.
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * Addresses outside the mesh: the node's metadata server, a network of the company, whoever takes packets of UDP.
 *
 * Expands into an egress rule of each caller's NetworkPolicy, and, for callers in sidecar mode, into a ServiceEntry with these addresses, for their
 * proxies send nothing where they know nobody. ztunnel lets such connections pass as they are: in ambient mode the network layer alone guards them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 * @example
 * import { ExternalNetwork, ExternalPort } from 'istio-constructs';
 *
 * const metadata = new ExternalNetwork(shop, 'metadata', { addresses: ['169.254.169.254'], ports: [ExternalPort.tcp(80)] });
 * cart.calls(metadata);
 *
 * const syslog = new ExternalNetwork(shop, 'syslog', { addresses: ['10.40.0.0/24'], ports: [ExternalPort.udp(514)] });
 * cart.calls(syslog);
 */
export class ExternalNetwork extends Construct implements ICallee {
  /** Name that its ServiceEntry has to have, and that nobody asks for. */
  public readonly host: string;

  /**
   * Declares the addresses.
   * @param scope Where to declare them: inside the construct of a namespace
   * @param id Id of the construct, and the name of the ServiceEntry unless `name` is set
   * @param props Which addresses and ports
   */
  public constructor(scope: Construct, id: string, props: ExternalNetworkProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ExternalNetwork');
    const graph = joinApp(this);
    requireOptions(this, props, EXTERNAL_NETWORK_PROPS);
    const namespaceName = namespaceOf(this);
    const name = requireName(this, 'name of a ServiceEntry', props.name ?? id);
    this.host = `${name}.${namespaceName}.cidr.internal`;
    const ports = requireBytes(this, requireOnce(this, props.ports));
    requireBoth(this, props);
    const facts: PartyFacts = {
      kind: 'external',
      key: `network:${this.node.path}`,
      path: this.node.path,
      site: CallSite.here(),
      name,
      namespaceName,
      owned: true,
      ports,
      host: ports.every(isUdp) ? undefined : this.host,
      addresses: props.addresses.map((address) => requireBlock(this, 'addresses of a network', address)),
      isStraightOut: true,
    };
    const party = graph.addParty(setParty(this, facts));
    new Slot(this, 'Entry', (settled) =>
      isAskedFor(party, settled) ? [{ id: 'Resource', make: (at, id) => makeEntry(at, id, party) }] : [],
    );
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const EXTERNAL_NETWORK_PROPS = struct<ExternalNetworkProps>({
  addresses: listOf(TEXT),
  ports: listOf(EXTERNAL_PORT),
  name: optional(TEXT),
});

/** Some caller has a proxy that has to know the addresses. */
function isAskedFor(party: PartyFacts, settled: Settled): boolean {
  const callers = settled.callsTo(party).filter(({ action, ports }) => action === 'ALLOW' && !ports.every(isUdp));
  return callers.some(({ caller }) => planeOf(caller.namespace).scopesProxies);
}

function requireBoth(at: Construct, { addresses, ports }: ExternalNetworkProps): void {
  if (addresses.length > 0 && ports.length > 0) return;
  throw new MeshError({
    code: 'MESH788',
    at,
    what: 'a network outside has addresses and ports',
    got: addresses.length > 0 ? 'ports: []' : 'addresses: []',
    fix: "write for example addresses: ['10.0.0.0/8'] and ports: [ExternalPort.tcp(5432)]",
  });
}

function requireBytes(at: Construct, ports: readonly Port[]): Port[] {
  const begun = ports.find(originatesTls);
  if (!begun) return ports.map((port) => (isUdp(port) ? port : bytesAt(port)));
  throw new MeshError({
    code: 'MESH811',
    at,
    what: 'a proxy begins TLS with a host that has a name, which its certificate carries',
    got: `tlsOrigination on port ${begun.number} of addresses`,
    fix: 'declare the host by its name, as an ExternalService with these addresses',
  });
}

function bytesAt({ number }: Port): Port {
  return Object.freeze({ name: `tcp-${number}`, number, targetPort: number, appProtocol: 'tcp', readsHttp: false });
}

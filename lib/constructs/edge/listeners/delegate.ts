import { Construct } from 'constructs';
import * as gateway from '../../../../imports/gateway.networking.k8s.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { partyOf } from '../../../graph/party-of';
import type { Door } from '../../../model/edge/listener';
import type { PartyFacts } from '../../../model/party';
import { renderListenerSet } from '../../../render/routes/gateway';
import { MeshError } from '../../../support/mesh-error';
import { requireName } from '../../../support/object-names';
import { requireArguments, requireOptions } from '../../../support/options/require-options';
import type { ICaller } from '../../../values/access/caller';
import { MESH_NAMESPACE } from '../../namespace/own-namespace';
import type { IMeshNamespace } from '../../namespace/i-mesh-namespace';
import type { IMeshedService } from '../../service/i-meshed-service';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';
import { attachingTo } from './attaching-to';
import { DELEGATE_OPTIONS, type DelegateOptions } from './delegate-options';
import type { ExposeOptions } from '../expose-options';
import { exposeService } from '../expose';
import type { PodPort } from '../users/users-at-gateway';
import type { IDelegatedListeners } from './i-delegated-listeners';
import { makeCertificates, withSecrets } from './make-certificates';
import { requireListeners } from './require-listeners';

type Gateway = Construct & ICaller;

/** What is known of the gateway itself. */
interface Known {
  /** Its listeners. */
  readonly besides: readonly Door[];
  readonly podPort?: PodPort;
}

/** Makes a ListenerSet in a namespace. */
export function delegateListeners(
  at: Gateway,
  tenant: IMeshNamespace,
  options: DelegateOptions,
  known: Known = { besides: [] },
): DelegatedListeners {
  requireArguments(at, { tenant }, { tenant: MESH_NAMESPACE });
  requireOptions(at, options, DELEGATE_OPTIONS);
  const name = requireName(at, 'name of a ListenerSet', options.name ?? partyOf(at, at, MeshGraph.of(at)).name);
  return new DelegatedListeners(tenant, `${name}-listeners`, at, { ...options, name }, known);
}

export class DelegatedListeners extends Construct implements IDelegatedListeners {
  readonly listenerSetName: string;
  readonly namespaceName: string;
  /** @internal */
  readonly _doors: readonly Door[];
  private readonly podPort: PodPort;

  constructor(
    tenant: IMeshNamespace,
    id: string,
    private readonly owner: Gateway,
    { name, listeners }: DelegateOptions & { readonly name: string },
    { besides, podPort }: Known,
  ) {
    super(tenant, id);
    this.podPort = podPort;
    this.listenerSetName = name;
    this.namespaceName = tenant.namespaceName;
    const party = partyOf(this, owner, MeshGraph.of(this));
    const metadata = { name, namespace: tenant.namespaceName };
    const place = { name, namespaceName: tenant.namespaceName };
    const own = withSecrets(
      this,
      place,
      listeners.map(({ _facts }) => _facts),
    );
    this._doors = requireListeners(this, own, besides);
    own.forEach(({ kind, hosts }) => requireDelegable(this, kind, hosts));
    makeCertificates(this, place, own, 'ListenerSet');
    const doors = this._doors.map((door) => ({ ...door, namespaces: lazy(() => this.attaching(party, door)) }));
    makeObject(this, 'Resource', gateway.ListenerSet, metadata, renderListenerSet(party, doors));
  }

  expose(service: IMeshedService, options: ExposeOptions): void {
    exposeService(this.owner, service, options, {
      doors: this._doors,
      listenerSet: { name: this.listenerSetName, namespaceName: this.namespaceName },
      podPort: this.podPort,
    });
  }

  private attaching(party: PartyFacts, door: Door): string[] {
    return attachingTo(door, MeshGraph.of(this), {
      party,
      listenerSet: `${this.namespaceName}/${this.listenerSetName}`,
      own: this.namespaceName,
      others: [],
    });
  }
}

function requireDelegable(at: Construct, kind: string, hosts: readonly string[]): void {
  if (kind !== 'redirect' && (kind === 'tcp' || hosts.length > 0)) return;
  throw new MeshError({
    code: 'MESH799',
    at,
    what: 'what a gateway hands over are some of its hosts, or a port',
    got: kind === 'redirect' ? 'GatewayListener.redirectToHttps' : 'a listener for all hosts',
    fix: 'name the hosts; whatever comes in the open is sent to HTTPS by a listener of the gateway itself',
  });
}

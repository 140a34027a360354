import { Construct } from 'constructs';
import { HomeState } from '../access/home-state';
import { principalOf } from '../access/mesh-settings';
import { CallSite } from '../support/call-site';
import { checkKnown } from '../support/known';
import { checkNamespaceName, checkWaypointName } from '../support/object-names';
import { vacant } from '../support/vacant';
import type { DataPlane } from '../values/data-plane';
import { Infrastructure } from '../values/infrastructure';
import { enter } from './enter';
import { setHousehold } from './home-of';
import type { IMeshNamespace } from './i-mesh-namespace';
import { addHome } from './namespace-parts';

/** What is known of a namespace that somebody else makes. */
export interface MeshNamespaceAttributes {
  /** Its name in the cluster. */
  readonly name: string;

  /** How its pods join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of the waypoint that its Services use, in the same namespace.
   * @default - it has none; what needs HTTP in it is then an error
   */
  readonly waypoint?: string;

  /**
   * Whether everything in it is refused unless allowed, in both layers: its workloads then need a NetworkPolicy for each call.
   * @default false
   */
  readonly zeroTrust?: boolean;

  /**
   * What its pods exchange packets with besides their calls; counts with `zeroTrust` only.
   * @default - Infrastructure.of()
   */
  readonly infrastructure?: Infrastructure;
}

/** A namespace that this program only lives in. */
export class ImportedNamespace extends Construct implements IMeshNamespace {
  readonly namespaceName: string;
  readonly dataPlane: DataPlane;

  constructor(scope: Construct, id: string, attributes: MeshNamespaceAttributes) {
    super(vacant(scope, id), id);
    const registry = enter(this);
    checkKnown(this, attributes);
    const { name, dataPlane } = attributes;
    const waypoint = attributes.waypoint === undefined ? undefined : checkWaypointName(this, attributes.waypoint);
    this.namespaceName = checkNamespaceName(this, name);
    this.dataPlane = dataPlane;
    const home = new HomeState({
      name,
      mode: dataPlane._mode,
      waypointPolicy: waypoint === undefined ? 'never' : 'always',
      waypoint:
        waypoint === undefined
          ? undefined
          : { name: waypoint, namespaceName: name, principal: principalOf(registry.settings, name, waypoint) },
      zeroTrust: attributes.zeroTrust ?? false,
      owned: false,
      enrolled: true,
      path: this.node.path,
      site: CallSite.here(),
    });
    addHome(this, registry, home);
    setHousehold(this, { home, dataPlane, infrastructure: (attributes.infrastructure ?? Infrastructure.of())._facts });
  }
}

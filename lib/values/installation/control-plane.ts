import type { RoleFacts } from '../../model/installation/control-plane';
import { isAddress } from '../../support/addresses';
import { MeshError } from '../../support/mesh-error';
import { listOf, made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { MESH_CLUSTER, type MeshCluster } from '../mesh/mesh-cluster';

/** What a primary cluster does for others. */
export interface PrimaryOptions {
  /**
   * Clusters without an istiod of their own, which take this one.
   * @default - none
   */
  readonly remoteClusters?: MeshCluster[];
}

/** How a remote cluster finds the istiod of another. */
export interface RemoteOptions {
  /**
   * IP address at which that istiod is reached: the one of the east-west gateway of its cluster.
   * @default - the first IP address in `gatewayAddresses` of the primary cluster
   */
  readonly discoveryAddress?: string;
}

/**
 * Whose istiod a cluster of a mesh has: its own, or that of another cluster.
 *
 * @see https://istio.io/latest/docs/ops/deployment/deployment-models/#control-plane-models
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { ControlPlane, InstalledGateway, IstioInstallation, Mesh, MeshCluster } from 'istio-constructs';
 *
 * const east = MeshCluster.of('east', { network: 'network-east', gatewayAddresses: ['203.0.113.10'] });
 * const west = MeshCluster.of('west', { network: 'network-west' });
 *
 * const primary = new Chart(new App({ outdir: 'dist/east' }), 'platform');
 * new Mesh(primary, 'mesh', { cluster: east, otherClusters: [west] });
 * new IstioInstallation(primary, 'istio', {
 *   controlPlane: ControlPlane.primary({ remoteClusters: [west] }),
 *   gateways: [InstalledGateway.eastWest()],
 * });
 *
 * const remote = new Chart(new App({ outdir: 'dist/west' }), 'platform');
 * new Mesh(remote, 'mesh', { cluster: west, otherClusters: [east] });
 * new IstioInstallation(remote, 'istio', { controlPlane: ControlPlane.remote(east), gateways: [InstalledGateway.eastWest()] });
 */
export class ControlPlane {
  /**
   * The cluster has an istiod of its own.
   * @param options Whom else it serves
   */
  public static primary(options: PrimaryOptions = {}): ControlPlane {
    requireOptions('ControlPlane', options, PRIMARY_OPTIONS);
    const { remoteClusters = [] } = options;
    return new ControlPlane({ isRemote: false, remotes: remoteClusters.map(({ clusterName }) => clusterName) });
  }

  /**
   * The cluster has no istiod, and takes that of another. Only sidecars can: in ambient mode every cluster is a primary.
   * @param primary The cluster that has it
   * @param options How it is found
   */
  public static remote(primary: MeshCluster, options: RemoteOptions = {}): ControlPlane {
    requireArguments('ControlPlane', { primary }, { primary: MESH_CLUSTER });
    requireOptions('ControlPlane', options, REMOTE_OPTIONS);
    const { gatewayAddresses } = primary._facts;
    const discoveryAddress = options.discoveryAddress ?? gatewayAddresses.find(isAddress) ?? gatewayAddresses[0];
    return new ControlPlane({ isRemote: true, primary: primary.clusterName, discoveryAddress: requireIp(discoveryAddress) });
  }

  /** @internal */
  public readonly _facts: RoleFacts;

  private constructor(facts: RoleFacts) {
    this._facts = Object.freeze(facts);
  }
}

/** For a DNS name the chart makes a Service that is an alias: it keeps port 443, to which the API server sends every new pod, and the gateway answers at 15017. */
function requireIp(address: string | undefined): string {
  if (address !== undefined && isAddress(address)) return address;
  throw new MeshError({
    code: 'MESH931',
    at: 'ControlPlane',
    what: 'a remote cluster finds the istiod of another at an IP address',
    got: address === undefined ? 'none, and no gatewayAddresses of the primary cluster' : address,
    fix: 'give the east-west gateway of the primary cluster a fixed address, and say it in discoveryAddress',
  });
}

const PRIMARY_OPTIONS = struct<PrimaryOptions>({ remoteClusters: optional(listOf(MESH_CLUSTER)) });

const REMOTE_OPTIONS = struct<RemoteOptions>({ discoveryAddress: optional(TEXT) });

export const CONTROL_PLANE = made(ControlPlane, 'ControlPlane', 'ControlPlane.primary()');

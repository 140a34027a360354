import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../imports/networking.istio.io';
import type { MeshSettings } from '../../graph/mesh-settings';
import { EAST_WEST_GATEWAY } from '../../istio/defaults';
import { NETWORK, REVISION, SERVICE_TYPE } from '../../istio/labels';
import { planeOf } from '../../planes/plane-of';
import { renderPassingGateway, renderTunnelGateway } from '../../render/routes/edge/east-west';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { oneOf, optional, struct } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { GatewayServiceType } from '../../values/edge/gateway-service';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { makeObject } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';

/** How a gateway between networks takes what comes from others. */
export interface EastWestGatewayProps {
  /** Whose connections it takes: those of sidecars, or those of ztunnels and waypoints. A mesh with both has one of each. */
  readonly dataPlane: DataPlane;

  /**
   * How its Service is reached, in ambient mode; in sidecar mode the installation of its pods says it.
   * @default - LOAD_BALANCER, as istiod has it
   */
  readonly serviceType?: GatewayServiceType;
}

/**
 * The gateway by which pods of other networks of the mesh reach those of this one, `istio-eastwestgateway` in the root namespace. NetworkPolicies of callees let in its pods.
 *
 * Expands, in ambient mode, into a Gateway of the Gateway API of class `istio-east-west`, whose pods istiod makes; in sidecar mode into a Gateway of Istio, `cross-network-gateway`, on pods of a release of Helm's chart `gateway` with that name and
 * the value `networkGateway`. It decides nothing: who may call is asked at the waypoint and at the pods.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 * @see https://istio.io/latest/docs/ambient/install/multicluster/multi-primary_multi-network/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { DataPlane, EastWestGateway, Mesh, MeshCluster } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * new Mesh(platform, 'mesh', {
 *   cluster: MeshCluster.of('east', { network: 'network-east' }),
 *   otherClusters: [MeshCluster.of('west', { network: 'network-west', gatewayAddresses: ['203.0.113.20'] })],
 * });
 * new EastWestGateway(platform, 'east-west', { dataPlane: DataPlane.ambient() });
 */
export class EastWestGateway extends Construct {
  /** Network whose pods it leads to. */
  public readonly network: string;
  /** The Gateway. */
  public readonly gateway: ApiObject;

  /**
   * Declares the gateway.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props How it takes what comes
   */
  public constructor(scope: Construct, id: string, props: EastWestGatewayProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'EastWestGateway');
    const graph = joinApp(this);
    requireOptions(this, props, EAST_WEST_GATEWAY_PROPS);
    const settings = graph.useSettings();
    const { dataPlane, serviceType } = props;
    requireOnePlane(this, dataPlane);
    this.network = requireNetwork(this, settings);
    const { rootNamespace: namespace, clusterDomain } = settings;

    if (planeOf(dataPlane._facts).podsHoldProxies) {
      requireNoService(this, serviceType);
      const metadata = { name: 'cross-network-gateway', namespace };
      this.gateway = makeObject(this, 'Resource', networking.Gateway, metadata, renderPassingGateway(clusterDomain));
      return;
    }
    const labels = { [NETWORK]: this.network, ...(dataPlane.revision !== undefined && { [REVISION]: dataPlane.revision }) };
    const annotations = serviceType && { [SERVICE_TYPE]: serviceType };
    const metadata = { name: EAST_WEST_GATEWAY, namespace, labels, annotations };
    this.gateway = makeObject(this, 'Resource', gateway.Gateway, metadata, renderTunnelGateway());
  }

  /** Its objects: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const EAST_WEST_GATEWAY_PROPS = struct<EastWestGatewayProps>({
  dataPlane: DATA_PLANE,
  serviceType: optional(oneOf('GatewayServiceType', GatewayServiceType)),
});

function requireNetwork(at: Construct, { cluster }: MeshSettings): string {
  if (cluster?.network !== undefined) return cluster.network;
  throw new MeshError({
    code: 'MESH935',
    at,
    what: 'a gateway between networks leads to the pods of a network',
    got: cluster ? `cluster ${cluster.name} without a network` : 'a Mesh that says no cluster',
    fix: "declare the Mesh before, with cluster: MeshCluster.of('east', { network: 'network-east' }); pods of one network need no gateway between them",
  });
}

function requireOnePlane(at: Construct, { _facts: { migration } }: DataPlane): void {
  if (!migration) return;
  throw new MeshError({
    code: 'MESH936',
    at,
    what: 'a gateway between networks takes the connections of one data plane',
    got: 'a data plane on its way from sidecars to ambient',
    fix: 'declare two, one with DataPlane.sidecar() and one with DataPlane.ambient()',
  });
}

function requireNoService(at: Construct, serviceType: GatewayServiceType | undefined): void {
  if (serviceType === undefined) return;
  throw new MeshError({
    code: 'MESH937',
    at,
    what: 'in sidecar mode the pods and the Service of a gateway between networks come with the installation of Istio',
    got: `serviceType ${serviceType}`,
    fix: 'say it where the release of its pods is installed',
  });
}

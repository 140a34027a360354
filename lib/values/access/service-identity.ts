import { requireAccountName, requireNamespaceName } from '../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import type { ICaller } from './caller';
import { DATA_PLANE, type DataPlane } from '../mesh/data-plane';
import { MESH_CLUSTER, type MeshCluster } from '../mesh/mesh-cluster';

/** What else is known of a caller that this program does not own. */
export interface ServiceIdentityOptions {
  /**
   * How its pods are in the mesh.
   * @default - unknown; the callee's network policy then opens both the pod's own port and HBONE
   */
  readonly dataPlane?: DataPlane;

  /**
   * Labels of its pods, to narrow the NetworkPolicy.
   * @default - any pod of the namespace passes the network layer, and the identity decides
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Cluster of the mesh that its pods are in, one of `otherClusters` of `Mesh`. Its identity is the same there as here; the callee's NetworkPolicy lets in the east-west
   * gateway of this cluster, or on one network the `podCidrs` of the other.
   * @default - this one
   */
  readonly cluster?: MeshCluster;
}

/**
 * A caller that this program does not own, named by its ServiceAccount.
 *
 * Expands into the `principals` of an AuthorizationPolicy rule. Where the program has its pods as raw objects, a CronJob or a Deployment of Helm's, their
 * data plane is known; and in a ZeroTrustNamespace a NetworkPolicy for them opens the way out to whom they may call.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 * @example
 * import { DataPlane, ServiceIdentity } from 'istio-constructs';
 *
 * const invoices = ServiceIdentity.of('billing', 'invoices', { dataPlane: DataPlane.sidecar(), podLabels: { app: 'invoices' } });
 * product.access.allow(invoices);
 */
export class ServiceIdentity implements ICaller {
  /**
   * The identity of the pods that run under a ServiceAccount.
   * @param namespaceName Namespace of the ServiceAccount
   * @param serviceAccountName Name of the ServiceAccount
   * @param options What else is known of the caller
   */
  public static of(namespaceName: string, serviceAccountName: string, options: ServiceIdentityOptions = {}): ServiceIdentity {
    return new ServiceIdentity(namespaceName, serviceAccountName, options);
  }

  /** Namespace of the ServiceAccount. */
  public readonly namespaceName: string;
  /** Name of the ServiceAccount. */
  public readonly serviceAccountName: string;
  /** How its pods are in the mesh, where that is known. */
  public readonly dataPlane?: DataPlane;
  /** Labels of its pods, where they are known. */
  public readonly podLabels?: { [key: string]: string };
  /** Cluster that its pods are in, where that was said. */
  public readonly cluster?: MeshCluster;

  private constructor(namespaceName: string, serviceAccountName: string, options: ServiceIdentityOptions) {
    requireArguments('ServiceIdentity', { namespaceName, serviceAccountName }, { namespaceName: TEXT, serviceAccountName: TEXT });
    requireOptions('ServiceIdentity', options, SERVICE_IDENTITY_OPTIONS);
    this.namespaceName = requireNamespaceName('ServiceIdentity', namespaceName);
    this.serviceAccountName = requireAccountName('ServiceIdentity', serviceAccountName);
    this.dataPlane = options.dataPlane;
    this.podLabels = options.podLabels;
    this.cluster = options.cluster;
  }
}

const SERVICE_IDENTITY_OPTIONS = struct<ServiceIdentityOptions>({
  dataPlane: optional(DATA_PLANE),
  podLabels: optional(mapOf(TEXT)),
  cluster: optional(MESH_CLUSTER),
});

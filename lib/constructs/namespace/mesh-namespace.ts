import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { markKind } from '../../support/marker';
import { mapOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { Infrastructure } from '../../values/mesh/infrastructure';
import { POD_SECURITY, type PodSecurity } from '../../values/mesh/pod-security';
import { MTLS, type MTls } from '../../values/workload/mtls';
import { freeScope } from '../tree/free-scope';
import { objectsOf } from '../tree/objects-of';
import { declareNamespace } from './declare-namespace';
import type { IMeshNamespace } from './i-mesh-namespace';
import { ImportedNamespace, type MeshNamespaceAttributes, namespaceOfAttributes } from './imported-namespace';
import { namespaceOfMesh, type WrittenNamespaceAttributes } from './written/written-namespace';

/** A namespace whose pods join the mesh. */
export interface MeshNamespaceProps {
  /** How pods of this namespace join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of the Namespace.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * More labels of the Namespace.
   * @default - only those that the data plane needs
   */
  readonly labels?: { [key: string]: string };

  /**
   * Whether its pods take plaintext.
   * @default - as the mesh says; Istio's own default is PERMISSIVE
   */
  readonly mtls?: MTls;

  /**
   * What Kubernetes refuses of its pods.
   * @default - nothing
   */
  readonly podSecurity?: PodSecurity;
}

/**
 * A namespace that is part of the mesh, open as Istio leaves it: whatever no policy closes may be called.
 *
 * Expands into a Namespace with the labels of its data plane, a PeerAuthentication when `mtls` is set and, in ambient mode, a waypoint
 * Gateway as soon as something in it needs HTTP. What is declared inside the construct lives in the namespace, and so does what stands in a
 * chart of the same App whose `namespace` is its name.
 *
 * @see https://istio.io/latest/docs/ops/configuration/mesh/
 * @example
 * import { DataPlane, MeshedService, MeshNamespace, MeshPort, MTls } from 'istio-constructs';
 *
 * const search = new MeshNamespace(chart, 'search', { dataPlane: DataPlane.ambient(), mtls: MTls.STRICT });
 * new MeshedService(search, 'index', { image: 'ghcr.io/acme/index:1.4.0', ports: [MeshPort.grpc(9090)] });
 */
export class MeshNamespace extends Construct implements IMeshNamespace {
  /**
   * A namespace that somebody else makes: what is declared inside lives there, and none of the namespace's own objects are written.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param attributes What is known of the namespace
   */
  public static fromName(scope: Construct, id: string, attributes: MeshNamespaceAttributes): IMeshNamespace {
    return new ImportedNamespace(scope, id, (at, settings) => namespaceOfAttributes(at, settings, attributes));
  }

  /**
   * A namespace that another program makes, as its `mesh.json` says: its data plane, its waypoint, and whether everything in it is refused unless allowed.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the namespace unless `name` is set
   * @param attributes Which namespace of which mesh
   */
  public static fromMesh(scope: Construct, id: string, attributes: WrittenNamespaceAttributes): IMeshNamespace {
    return new ImportedNamespace(scope, id, (at, settings) => namespaceOfMesh(at, settings, attributes));
  }

  /** Its name in the cluster. */
  public readonly namespaceName: string;
  /** How its pods join the mesh. */
  public readonly dataPlane: DataPlane;
  /** The Namespace object. */
  public readonly resource: ApiObject;

  /**
   * Declares the namespace.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the Namespace unless `name` is set
   * @param props How it joins the mesh
   */
  public constructor(scope: Construct, id: string, props: MeshNamespaceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshNamespace');
    requireOptions(this, props, MESH_NAMESPACE_PROPS);

    this.namespaceName = props.name ?? id;
    this.dataPlane = props.dataPlane;
    this.resource = declareNamespace(this, {
      name: this.namespaceName,
      dataPlane: this.dataPlane,
      labels: props.labels ?? {},
      mtls: props.mtls,
      closing: { zeroTrust: false },
      podSecurity: props.podSecurity,
      infrastructure: Infrastructure.of()._facts,
    }).resource;
  }

  /** Its objects and all declared in it, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const MESH_NAMESPACE_PROPS = struct<MeshNamespaceProps>({
  dataPlane: DATA_PLANE,
  name: optional(TEXT),
  labels: optional(mapOf(TEXT)),
  mtls: optional(MTLS),
  podSecurity: optional(POD_SECURITY),
});

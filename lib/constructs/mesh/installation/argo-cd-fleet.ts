import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ARGO_APPLICATION_SET, renderFleet } from '../../../render/installation/argo-cd';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireName, requireNamespaceName } from '../../../support/object-names';
import { listOf, mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { MESH_CLUSTER, type MeshCluster } from '../../../values/mesh/mesh-cluster';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { claimObject } from '../../tree/make-object';
import { objectsOf } from '../../tree/objects-of';

/** Which clusters one Argo CD serves, and where their manifests are. */
export interface ArgoCdFleetProps {
  /** The clusters, by the names under which Argo CD knows them. */
  readonly clusters: MeshCluster[];

  /** Address of the repository that has the manifests. */
  readonly repository: string;

  /**
   * Folder in it with a folder for each cluster, which has the name of the cluster.
   * @default k8s
   */
  readonly folder?: string;

  /**
   * Branch, tag or commit.
   * @default HEAD
   */
  readonly revision?: string;

  /**
   * Name of the ApplicationSet, with which names of the Applications begin.
   * @default mesh
   */
  readonly name?: string;

  /**
   * Namespace of the ApplicationSet, in which Argo CD looks.
   * @default argocd
   */
  readonly namespaceName?: string;

  /**
   * Project of Argo CD that the Applications belong to.
   * @default default
   */
  readonly project?: string;

  /**
   * Labels of the ApplicationSet and of the Applications.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has one Argo CD bring each of several clusters its folder of manifests: an App each, one output folder each.
 *
 * Expands into an ApplicationSet with an Application for each cluster. Applied server-side, and kept so; how many pods a Deployment has is left to autoscalers, as far as the manifests say nothing of it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { ArgoCdFleet, MeshCluster } from 'istio-constructs';
 *
 * new ArgoCdFleet(new Chart(new App(), 'fleet'), 'fleet', {
 *   clusters: [MeshCluster.of('east'), MeshCluster.of('west')],
 *   repository: 'https://git.example.com/acme/mesh.git',
 * });
 */
export class ArgoCdFleet extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props The clusters, and where their manifests are
   */
  public constructor(scope: Construct, id: string, props: ArgoCdFleetProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ArgoCdFleet');
    joinApp(this);
    requireOptions(this, props, ARGO_CD_FLEET_PROPS);
    const { clusters, labels = {}, repository, revision = 'HEAD', folder = 'k8s', project = 'default' } = props;
    requireLabels(this, 'labels', labels);
    const names = requireClusters(this, clusters);
    const name = requireName(this, 'name of an ApplicationSet', props.name ?? 'mesh');
    const metadata = { name, namespace: requireNamespaceName(this, props.namespaceName ?? 'argocd'), labels };
    const spec = renderFleet({ name, names, labels, repository, revision, folder, project });
    claimObject(new ApiObject(this, 'Resource', { ...ARGO_APPLICATION_SET, metadata, spec }));
  }

  /** Its ApplicationSet. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

/** At least one, each once: their folders and Applications have their names. */
function requireClusters(at: Construct, clusters: readonly MeshCluster[]): string[] {
  const names = clusters.map(({ clusterName }) => clusterName);
  const again = names.find((name, index) => names.indexOf(name) !== index);
  if (names.length > 0 && again === undefined) return names;
  throw new MeshError({
    code: 'MESH962',
    at,
    what: 'a fleet has clusters, each with a name of its own',
    got: again === undefined ? 'no clusters' : `${again} twice`,
    fix: 'name each cluster once, by the name under which Argo CD knows it',
  });
}

const ARGO_CD_FLEET_PROPS = struct<ArgoCdFleetProps>({
  clusters: listOf(MESH_CLUSTER),
  repository: TEXT,
  folder: optional(TEXT),
  revision: optional(TEXT),
  name: optional(TEXT),
  namespaceName: optional(TEXT),
  project: optional(TEXT),
  labels: optional(mapOf(TEXT)),
});

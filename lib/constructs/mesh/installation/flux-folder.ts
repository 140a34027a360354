import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GIT_REPOSITORY, KUSTOMIZATION, renderGitRepository, renderKustomization } from '../../../render/installation/flux';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { gatewayDuration } from '../../../support/durations';
import { markKind } from '../../../support/marker';
import { requireName, requireNamespaceName } from '../../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { timespan } from '../../../support/options/timespan';
import { MESH_CLUSTER, type MeshCluster } from '../../../values/mesh/mesh-cluster';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { claimObject } from '../../tree/make-object';
import { objectsOf } from '../../tree/objects-of';
import { requireRepository } from './require-place';

/** What the Flux of a cluster brings, and from where. */
export interface FluxFolderProps {
  /** The cluster in which this Flux runs. */
  readonly cluster: MeshCluster;

  /** Address of the repository that has the manifests: `https://`, `http://` or `ssh://`. */
  readonly repository: string;

  /**
   * Folder in it with a folder for each cluster, which has the name of the cluster.
   * @default k8s
   */
  readonly folder?: string;

  /**
   * Branch of the repository.
   * @default main
   */
  readonly branch?: string;

  /**
   * Secret with what opens the repository, in the namespace of Flux.
   * @default - anybody may read it
   */
  readonly secretName?: string;

  /**
   * Name of its objects.
   * @default mesh
   */
  readonly name?: string;

  /**
   * Namespace of its objects.
   * @default flux-system
   */
  readonly namespaceName?: string;

  /**
   * How often Flux looks whether all is as it is said.
   * @default - ten minutes
   */
  readonly interval?: Duration;

  /**
   * Labels of its objects.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has the Flux of a cluster bring the folder of its manifests: an App each, one output folder each, one of these each.
 *
 * Expands into a GitRepository and a Kustomization that applies the folder, takes away what is no longer in it, and tries again every minute until Istio's definitions are there.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { FluxFolder, MeshCluster } from 'istio-constructs';
 *
 * for (const cluster of ['east', 'west'].map((name) => MeshCluster.of(name))) {
 *   const flux = new Chart(new App({ outdir: `dist/flux/${cluster.clusterName}` }), 'flux');
 *   new FluxFolder(flux, 'folder', { cluster, repository: 'https://git.example.com/acme/mesh.git' });
 * }
 */
export class FluxFolder extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props The cluster, and where its manifests are
   */
  public constructor(scope: Construct, id: string, props: FluxFolderProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'FluxFolder');
    joinApp(this);
    requireOptions(this, props, FLUX_FOLDER_PROPS);
    const { cluster, repository, folder = 'k8s', branch = 'main', secretName, labels = {} } = props;
    requireLabels(this, 'labels', labels);
    const name = requireName(this, 'name of a Kustomization', props.name ?? 'mesh');
    const interval = gatewayDuration(requireMilliseconds(this, 'interval', props.interval ?? Duration.minutes(10)));
    const metadata = { name, namespace: requireNamespaceName(this, props.namespaceName ?? 'flux-system'), labels };
    const source = renderGitRepository({ repository: requireRepository(this, repository), branch, secretName, interval });
    claimObject(new ApiObject(this, 'Repository', { ...GIT_REPOSITORY, metadata, spec: source }));
    const spec = renderKustomization({ name, path: `./${folder}/${cluster.clusterName}`, interval });
    claimObject(new ApiObject(this, 'Resource', { ...KUSTOMIZATION, metadata, spec }));
  }

  /** Its objects. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const FLUX_FOLDER_PROPS = struct<FluxFolderProps>({
  cluster: MESH_CLUSTER,
  repository: TEXT,
  folder: optional(TEXT),
  branch: optional(TEXT),
  secretName: optional(TEXT),
  name: optional(TEXT),
  namespaceName: optional(TEXT),
  interval: optional(timespan<Duration>()),
  labels: optional(mapOf(TEXT)),
});

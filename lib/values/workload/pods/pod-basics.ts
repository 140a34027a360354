import { BOOLEAN, listOf, mapOf, NUMBER, optional, passedOn, type Shape, TEXT } from '../../../support/options/kind';
import { WORKLOAD_RESOURCES, type WorkloadResources } from '../workload-resources';
import { ENV_SOURCE, type EnvSource } from './env-source';
import { INIT_CONTAINER, type InitContainer } from './init-container';
import { POD_TOLERATION, type PodToleration } from './pod-toleration';
import { POD_VOLUME, type PodVolume } from './pod-volume';

/** What may be said of pods of every kind; all else is said of the object of cdk8s-plus that makes them. */
export interface PodBasics {
  /**
   * What the container runs instead of its image's entry point.
   * @default - the image's
   */
  readonly command?: string[];

  /**
   * Arguments of the command.
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * Environment variables.
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables out of ConfigMaps and Secrets.
   * @default - none
   */
  readonly envFrom?: EnvSource[];

  /**
   * What the container may use.
   * @default - 100 thousandths of a CPU and 128 MiB, at most 256 MiB
   */
  readonly resources?: WorkloadResources;

  /**
   * Files, mounted into the container and into the init containers.
   * @default - none but those of the images
   */
  readonly volumes?: PodVolume[];

  /**
   * User of the containers; not 1337, which is the proxy's own.
   * @default - the image's, which must not be root
   */
  readonly user?: number;

  /**
   * Group of the containers; not 1337, which is the proxy's own.
   * @default - the image's
   */
  readonly group?: number;

  /**
   * Group that the files of volumes belong to.
   * @default - as the volumes have it
   */
  readonly fileGroup?: number;

  /**
   * What runs before the container, one after the other.
   * @default - none
   */
  readonly initContainers?: InitContainer[];

  /**
   * Secrets by which images are pulled.
   * @default - none but those of the nodes
   */
  readonly imagePullSecrets?: string[];

  /**
   * Annotations of the ServiceAccount, by which clouds give it rights of theirs (`eks.amazonaws.com/role-arn`, `iam.gke.io/gcp-service-account`).
   * @default - none
   */
  readonly accountAnnotations?: { [key: string]: string };

  /**
   * Whether the pods get a token of their ServiceAccount, by which they may ask the API server of Kubernetes. In a closed namespace the way there is opened by
   * `apiServerCidr` of its Infrastructure.
   * @default false
   */
  readonly apiToken?: boolean;

  /**
   * Whether the containers may write where no volume is: into the files of their image.
   * @default false
   */
  readonly writableRoot?: boolean;

  /**
   * Name of the PriorityClass of the pods.
   * @default - the cluster's own
   */
  readonly priorityClass?: string;

  /**
   * Labels of the nodes that the pods may run on.
   * @default - all nodes
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of nodes that the pods put up with.
   * @default - none
   */
  readonly tolerations?: PodToleration[];
}

const WORDS = optional(passedOn(listOf(passedOn(TEXT))));

export const POD_BASICS: Shape<PodBasics> = {
  command: WORDS,
  args: WORDS,
  env: optional(mapOf(passedOn(TEXT))),
  envFrom: optional(listOf(ENV_SOURCE)),
  resources: optional(WORKLOAD_RESOURCES),
  volumes: optional(listOf(POD_VOLUME)),
  user: optional(NUMBER),
  group: optional(NUMBER),
  fileGroup: optional(NUMBER),
  initContainers: optional(listOf(INIT_CONTAINER)),
  imagePullSecrets: optional(listOf(TEXT)),
  accountAnnotations: optional(mapOf(passedOn(TEXT))),
  apiToken: optional(BOOLEAN),
  writableRoot: optional(BOOLEAN),
  priorityClass: optional(TEXT),
  nodeSelector: optional(mapOf(TEXT)),
  tolerations: optional(listOf(POD_TOLERATION)),
};

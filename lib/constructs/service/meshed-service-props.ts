import type { ApiObject, Duration } from 'cdk8s';
import { BOOLEAN, listOf, NUMBER, optional, passedOn, type Shape, struct, TEXT } from '../../support/options/kind';
import { DATA_PLANE, type DataPlane } from '../../values/mesh/data-plane';
import { MTLS, type MTls } from '../../values/workload/mtls';
import { RELEASE_CONTROLLER, type ReleaseController } from '../../values/releases/release-controller';
import { CIRCUIT_BREAKER, type CircuitBreaker } from '../../values/traffic/circuit-breaker';
import { DURATION } from '../../values/traffic/duration';
import { LOAD_BALANCING, type LoadBalancing } from '../../values/traffic/load-balancing';
import { RETRY_POLICY, type RetryPolicy } from '../../values/traffic/retry-policy';
import { ROUTING, type Routing } from '../../values/traffic/routing';
import { CORS_POLICY, type CorsPolicy } from '../../values/traffic/shaping/cors-policy';
import { HEADER_CHANGES, type HeaderChanges } from '../../values/traffic/shaping/header-changes';
import { TRAFFIC_DISTRIBUTION, type TrafficDistribution } from '../../values/traffic/traffic-distribution';
import { AUTOSCALING, type Autoscaling } from '../../values/workload/autoscaling';
import { MESH_PORT, type MeshPort } from '../../values/workload/mesh-port';
import { RUNNING_PODS, type RunningPods } from '../../values/workload/pods/running-pods';
import { SERVICE_SCOPE, type ServiceScope } from '../../values/workload/service-scope';
import { API_OBJECT } from '../tree/api-object';

/** What a service is in the mesh, whoever made its pods. */
export interface MeshedWorkloadProps {
  /** Ports of the Service; at least one. */
  readonly ports: MeshPort[];

  /**
   * Name of the Service, of its ServiceAccount and of the `app` label.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * Version of the pods, the `version` label.
   * @default v1
   */
  readonly version?: string;

  /**
   * How long a request may take, with all its retries.
   * @default - no limit, as Istio has it
   */
  readonly timeout?: Duration;

  /**
   * When and how often failed requests are sent again.
   * @default - Istio's own: two retries of what could not be sent or was refused
   */
  readonly retries?: RetryPolicy;

  /**
   * How much a caller may load the service, and when a failing pod is left alone.
   * @default - no limits
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * Headers that are changed on every request to the service.
   * @default - as they came
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Headers that are changed on every answer of the service.
   * @default - as the service sent them
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Which pages of other sites may ask the service by a browser.
   * @default - as the service says itself
   */
  readonly cors?: CorsPolicy;

  /**
   * Which pod gets a request.
   * @default - Istio's own: of two pods by chance the one with fewer requests under way
   */
  readonly loadBalancing?: LoadBalancing;

  /**
   * Whether pods near the caller come first: the word of the Service, which every proxy reads, ztunnel too.
   * @default - all pods alike
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * Whether callers reach its pods in all clusters of the mesh, or those of their own alone. With `ServiceScope.GLOBAL` the NetworkPolicies at both ends let it through
   * between this cluster and `otherClusters` of the `Mesh`.
   * @default - as Istio has it: all clusters for sidecars, their own for ztunnel and waypoints
   */
  readonly serviceScope?: ServiceScope;

  /**
   * Whether the application has to be told who calls it, in the header `X-Forwarded-Client-Cert`: `By=<its own identity>;URI=<the caller's>`. A sidecar tells it
   * always, and adds what is in the certificate besides. In ambient mode a waypoint does, from Istio 1.30 on, for all Services of its namespace, in place of
   * what the caller wrote there; that is alpha. MESH268 tells of ways past it.
   * @default false
   */
  readonly forwardIdentity?: boolean;

  /**
   * Whether in ambient mode a waypoint stands before this service alone, from the start, so that neither the load nor the settings of its neighbours touch it: the Gateway
   * `<service>-waypoint` with the `waypointPods` and the revision of the namespace, its own default deny where the namespace is closed, and `istio.io/use-waypoint` on its
   * Services. It goes before the waypoint of the namespace, whatever that one is, and the pods let in no other. A Service that somebody else puts over
   * the pods needs the label as well. In sidecar mode each pod has a proxy of its own anyway.
   * @default false
   */
  readonly ownWaypoint?: boolean;

  /**
   * Which API carries its routes.
   * @default - what suits the data plane and the routes
   */
  readonly routing?: Routing;

  /**
   * What its pods ask of callers otherwise than their namespace: mutual TLS only, both until a day (`MTls.migrating`), or none (`MTls.disabled`, in sidecar mode).
   * @default - as the namespace or the mesh says
   */
  readonly mtls?: MTls;

  /**
   * How its pods join the mesh; for a service outside any namespace construct only, where a finding says that nothing here enrols it.
   * @default - as the namespace says
   */
  readonly dataPlane?: DataPlane;
}

/** A service and its pods. */
export interface MeshedServiceProps extends MeshedWorkloadProps, RunningPods {
  /**
   * Image of the container, which runs without root and on a read-only root file system. Give either this or `workload`.
   * @default - the pods are those of `workload`
   */
  readonly image?: string;

  /**
   * A Deployment, StatefulSet, DaemonSet or Rollout made elsewhere, to be meshed as it is. Give either this or `image`.
   * @default - a Deployment is made from `image`
   */
  readonly workload?: ApiObject;

  /**
   * Pods of the version; from two up they have a PodDisruptionBudget.
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Number of pods by load instead of a fixed one.
   * @default - `replicas` pods
   */
  readonly autoscaling?: Autoscaling;

  /**
   * Who brings new versions in, by what it measures: a new image is what begins a release. `CanaryRelease` and `BlueGreenRelease` are for services without one.
   * @default - nobody: this program says which versions there are, and what share of the requests each gets
   */
  readonly releaseController?: ReleaseController;

  /**
   * Who else says how many pods there are, such as KEDA by a ScaledObject: the Deployment leaves `replicas` out, so that nobody undoes the other's word.
   * @default - `replicas` or `autoscaling` says it
   */
  readonly scaledBy?: string;
}

export const WORKLOAD: Shape<MeshedWorkloadProps> = {
  ports: listOf(MESH_PORT),
  name: optional(TEXT),
  version: optional(TEXT),
  timeout: optional(DURATION),
  retries: optional(RETRY_POLICY),
  circuitBreaker: optional(CIRCUIT_BREAKER),
  requestHeaders: optional(HEADER_CHANGES),
  responseHeaders: optional(HEADER_CHANGES),
  cors: optional(CORS_POLICY),
  loadBalancing: optional(LOAD_BALANCING),
  trafficDistribution: optional(TRAFFIC_DISTRIBUTION),
  serviceScope: optional(SERVICE_SCOPE),
  forwardIdentity: optional(BOOLEAN),
  ownWaypoint: optional(BOOLEAN),
  routing: optional(ROUTING),
  mtls: optional(MTLS),
  dataPlane: optional(DATA_PLANE),
};

export const MESHED_WORKLOAD_PROPS = struct(WORKLOAD);

export const MESHED_SERVICE_PROPS = struct<MeshedServiceProps>({
  ...WORKLOAD,
  image: optional(passedOn(TEXT)),
  workload: optional(API_OBJECT),
  replicas: optional(passedOn(NUMBER)),
  autoscaling: optional(AUTOSCALING),
  releaseController: optional(RELEASE_CONTROLLER),
  scaledBy: optional(TEXT),
  ...RUNNING_PODS,
});

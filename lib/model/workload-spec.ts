/** How the kubelet asks; by a TCP connection where nothing else is said. */
export interface ProbeFacts {
  /** Of a GET. */
  readonly path?: string;
  readonly port?: number;
  /** What runs in the container. */
  readonly command?: readonly string[];
  /** Asked by gRPC's health protocol. */
  readonly grpc?: { readonly service?: string };
}

/** All that is said of one version's pods. */
export interface WorkloadSpec {
  readonly image: string;
  readonly replicas: number;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
  readonly memoryLimitMebibytes: number;
  readonly readiness: ProbeFacts;
  readonly liveness: ProbeFacts;
  readonly startup?: ProbeFacts;
  readonly autoscaling?: AutoscalingFacts;
  /** Somebody else says how many pods there are. */
  readonly scaledBy?: string;
  readonly basics: PodFacts;
  readonly updates?: UpdateFacts;
  /** How long requests may take to end once a pod stops, in seconds. */
  readonly drainSeconds?: number;
}

export interface AutoscalingFacts {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly cpuPercent: number;
}

/** What a pod is besides its main container. */
export interface PodFacts {
  readonly envFrom: readonly EnvSourceFacts[];
  readonly volumes: readonly VolumeFacts[];
  readonly user?: number;
  readonly group?: number;
  readonly fileGroup?: number;
  readonly initContainers: readonly InitContainerFacts[];
  readonly pullSecrets: readonly string[];
  /** They may ask the API server of Kubernetes. */
  readonly apiToken: boolean;
  /** Their containers may write into the files of their image. */
  readonly writableRoot: boolean;
  readonly priorityClass?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations: readonly TolerationFacts[];
  readonly proxyStart?: ProxyStartName;
}

export interface EnvSourceFacts {
  readonly kind: 'configMap' | 'secret';
  readonly name: string;
  readonly prefix?: string;
  readonly optional?: boolean;
  /** Of a single variable, and the key that it comes from. */
  readonly variable?: string;
  readonly key?: string;
}

export interface VolumeFacts {
  readonly name: string;
  readonly path: string;
  readonly readOnly?: boolean;
  /** As Kubernetes writes where it comes from, `{ emptyDir: {} }`; absent for a claim of each pod's own. */
  readonly source?: Readonly<Record<string, unknown>>;
}

export interface InitContainerFacts {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly envFrom: readonly EnvSourceFacts[];
}

export interface TolerationFacts {
  readonly key: string;
  readonly value?: string;
  readonly effect?: string;
}

/** How a sidecar is started: as a sidecar container of Kubernetes, or before the containers of the application. */
export type ProxyStartName = 'native' | 'hold-application';

export interface UpdateFacts {
  readonly way: 'RollingUpdate' | 'Recreate' | 'OnDelete';
  readonly maxSurge?: number;
  readonly maxUnavailable?: number;
}

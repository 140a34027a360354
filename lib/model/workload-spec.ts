export interface ProbeFacts {
  readonly path?: string;
  readonly port?: number;
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
  readonly autoscaling?: AutoscalingFacts;
}

export interface AutoscalingFacts {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly cpuPercent: number;
}

/** The pods that istiod makes for a Gateway, as far as somebody says something of them. */
export interface ProxyPodsFacts {
  readonly replicas?: number;
  readonly autoscaling?: { readonly minReplicas: number; readonly maxReplicas: number; readonly cpuPercent: number };
  readonly cpuMillis?: number;
  readonly memoryMebibytes?: number;
  readonly memoryLimitMebibytes?: number;
  /** They need the seccomp profile that Istio leaves out. */
  readonly hardened?: boolean;
  /** Of all that is made for the Gateway. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The Service that istiod makes for a Gateway at the edge. */
export interface ProxyServiceFacts {
  readonly type?: 'LoadBalancer' | 'ClusterIP' | 'NodePort';
  readonly annotations?: Readonly<Record<string, string>>;
  readonly address?: string;
  readonly keepsClientAddress?: boolean;
  readonly sourceRanges?: readonly string[];
}

/** Pods or addresses that every workload of a closed namespace may exchange packets with, and on which ports. */
export interface InfrastructureFacts {
  readonly dns: readonly DnsFacts[];
  readonly monitoringNamespace?: string;
  readonly controlPlaneNamespace: string;
  readonly probePorts: readonly number[];
  readonly telemetryBackends: readonly BackendFacts[];
  readonly apiServer?: { readonly cidr: string; readonly port: number };
}

/** The same as the whole program has it. */
export interface ProxyNeeds extends InfrastructureFacts {
  /** Where the istiod of another cluster is, for a cluster that has none. */
  readonly discoveryAddress?: string;
}

export interface DnsFacts {
  readonly namespaceName?: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly cidr?: string;
  readonly port: number;
}

export interface BackendFacts {
  readonly host: string;
  readonly namespaceName: string;
  readonly port: number;
  /** Its pods may be in ambient mode, and proxies reach them by a tunnel then. */
  readonly isTunnelled?: boolean;
}

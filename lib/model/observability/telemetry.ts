import type { Declared } from '../declared';

/** For whose proxies something is said. */
export interface TelemetryTarget {
  readonly kind: 'mesh' | 'namespace' | 'waypoint' | 'service' | 'gateway';
  /** Name of a namespace, or key of a service or gateway; empty for the mesh. */
  readonly key: string;
}

export const OF_THE_MESH: TelemetryTarget = { kind: 'mesh', key: '' };

/** At which end of a call something is seen; absent for both. */
export type SideName = 'CLIENT' | 'SERVER';

/** Where a tag of a trace has its value from. */
export interface TraceTagFacts {
  readonly from: 'literal' | 'header' | 'environment' | 'formatter';
  readonly text: string;
  /** Where a request has no such header, or a proxy no such variable. */
  readonly otherwise?: string;
}

export interface TracingFacts {
  /** Absent: the one of the level above. */
  readonly provider?: string;
  readonly samplingPercentage?: number;
  readonly tags?: Readonly<Record<string, TraceTagFacts>>;
  readonly side?: SideName;
  readonly disabled?: boolean;
  /** Absent: as the level above has it. */
  readonly istioTags?: boolean;
  readonly contextPropagation?: boolean;
}

export interface AccessLogFacts {
  readonly provider: string;
  readonly filter?: string;
  readonly side?: SideName;
  readonly disabled?: boolean;
}

export interface MetricFacts {
  readonly provider: string;
  /** One of Istio's own metrics. */
  readonly metric?: string;
  /** Any other. */
  readonly customMetric?: string;
  readonly side?: SideName;
  readonly disabled?: boolean;
  /** Tags by name, with the expression of their value. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly removedTags?: readonly string[];
}

/** What is traced, logged and counted. */
export interface TelemetryFacts {
  readonly tracing?: TracingFacts;
  readonly accessLogs?: readonly AccessLogFacts[];
  readonly metrics?: readonly MetricFacts[];
}

/** The same, as somebody said it. */
export interface TelemetryStatement extends Declared {
  readonly target: TelemetryTarget;
  readonly says: TelemetryFacts;
  /** The object is theirs, whoever else speaks of the target. */
  readonly makesObject?: boolean;
}

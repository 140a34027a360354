import type { Declared } from '../declared';

/** What rules have to know of how Istio is installed, where a program says that. */
export interface ControlPlaneFacts extends Declared {
  /** Labels of the namespaces that istiod looks at, any of them; all namespaces when absent. */
  readonly discoverySelectors?: ReadonlyArray<Readonly<Record<string, string>>>;
  /** Sidecars drop what no registry knows, where no Sidecar object says otherwise. */
  readonly dropsUnknown: boolean;
  /** Names and tags of its control planes; `default` is the one without a name. */
  readonly revisions: readonly string[];
  /** Environment variables of istiod. */
  readonly env: Readonly<Record<string, string>>;
}

/** An environment variable of istiod that the program needs; `path` is its installation, which does not set it. */
export interface UnsetFlag extends Declared {
  readonly name: string;
  /** What it has to be. */
  readonly value: string;
  /** What goes wrong without it. */
  readonly because: string;
  /** Objects that need it. */
  readonly objects: readonly string[];
  /** What the installation says instead, where it says something. */
  readonly got?: string;
}

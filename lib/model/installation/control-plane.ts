import type { Declared } from '../declared';

/** Whose istiod a cluster of a mesh has: its own, which serves others as well, or that of a primary cluster. */
export type RoleFacts =
  | { readonly isRemote: false; readonly remotes: readonly string[] }
  | { readonly isRemote: true; readonly primary: string; readonly discoveryAddress: string };

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
  /** Whose istiod it is. */
  readonly role: RoleFacts;
  /** ztunnel comes with it, whatever the namespaces are. */
  readonly hasZtunnel: boolean;
  /** Clusters that it has contexts for. */
  readonly contextsOf: readonly string[];
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

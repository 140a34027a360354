import type { InstallationFacts } from '../../model/installation/installation';

type Values = Readonly<Record<string, unknown>>;

/** The cluster has no istiod: it takes that of another one. */
export function isRemote({ role }: InstallationFacts): boolean {
  return role.isRemote;
}

/** Whose istiod it is, as `global` of istiod's chart has it. */
export function globalsOfRole({ role }: InstallationFacts): Values {
  if (role.isRemote) return { remotePilotAddress: role.discoveryAddress };
  return role.remotes.length > 0 ? { externalIstiod: true } : {};
}

/** What the chart of istiod says in a cluster that has none. */
export function valuesOfRole(facts: InstallationFacts): Values {
  return facts.role.isRemote ? { istiodRemote: { injectionPath: injectionPath(facts) } } : {};
}

/** Where pods get their proxies: of a remote cluster the path tells the istiod of another one whose they are. */
export function injectionPath({ role, mesh: { cluster } }: InstallationFacts): string {
  if (!role.isRemote || cluster === undefined) return '/inject';
  const network = cluster.network === undefined ? '' : `/net/${cluster.network}`;
  return `/inject/cluster/${cluster.name}${network}`;
}

/** By this annotation the istiod of another cluster knows that it is to give its certificate to this one. */
export function annotationsOfRole({ role }: InstallationFacts): Readonly<Record<string, string>> | undefined {
  return role.isRemote ? { [CONTROL_PLANE_CLUSTERS]: role.primary } : undefined;
}

const CONTROL_PLANE_CLUSTERS = 'topology.istio.io/controlPlaneClusters';

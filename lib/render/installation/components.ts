import { DEFAULT_REVISION } from '../../istio/defaults';
import type { InstallationFacts, InstalledGatewayFacts, ProfileName, RevisionFacts } from '../../model/installation/installation';
import { usesZtunnel } from '../../planes/plane-of';
import { isBefore } from '../../support/versions/version-order';
import { isRemote } from './roles';

/** Profiles that bring ztunnel, whatever the program has. */
const WITH_ZTUNNEL: Readonly<Record<ProfileName, boolean>> = {
  minimal: false,
  default: false,
  production: false,
  demo: false,
  ambient: true,
};

/** Gateways that come with a profile. */
const USUAL: Readonly<Partial<Record<ProfileName, readonly InstalledGatewayFacts[]>>> = {
  default: [{ name: 'istio-ingressgateway', way: 'ingress', pods: {} }],
  demo: [
    { name: 'istio-ingressgateway', way: 'ingress', pods: {} },
    { name: 'istio-egressgateway', way: 'egress', pods: {}, serviceType: 'ClusterIP' },
  ],
};

/** Some pods of the program have no proxy of their own. */
export function needsZtunnel({ profile, planes }: InstallationFacts): boolean {
  return WITH_ZTUNNEL[profile] || planes.some(usesZtunnel);
}

/** Somebody on each node redirects traffic. */
export function needsCni(facts: InstallationFacts): boolean {
  return needsZtunnel(facts) || facts.mesh.cni === true;
}

/** Gateways that come with it: those that are said, or else those of the profile. */
export function gatewaysOf({ profile, gateways }: InstallationFacts): readonly InstalledGatewayFacts[] {
  return gateways.length > 0 ? gateways : (USUAL[profile] ?? []);
}

/** Istio's own profile of the charts that is begun with. */
export function profileOf(facts: InstallationFacts): string | undefined {
  if (isRemote(facts)) return 'remote';
  if (facts.profile === 'demo') return 'demo';
  return needsZtunnel(facts) ? 'ambient' : undefined;
}

/** The profile of the charts says demo, and cannot say ambient as well. */
export function saysAmbientItself(facts: InstallationFacts): boolean {
  return facts.profile === 'demo' && needsZtunnel(facts) && !isRemote(facts);
}

/** Definitions are those of the newest control plane: they serve the older ones too. */
export function newestVersion({ revisions }: InstallationFacts): string {
  return sortedVersions(revisions).at(-1)!;
}

/** What runs on the nodes is never newer than a control plane that it talks to. */
export function oldestVersion({ revisions }: InstallationFacts): string {
  return sortedVersions(revisions)[0];
}

function sortedVersions(revisions: readonly RevisionFacts[]): string[] {
  return revisions.map(({ version }) => version).sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

/** The control plane of whoever names none, which checks what is written: that of the tag, or else the first. */
export function defaultRevision({ revisions }: InstallationFacts): string {
  const { name = DEFAULT_REVISION } = revisions.find(({ tags }) => tags.includes(DEFAULT_REVISION)) ?? revisions[0];
  return name;
}

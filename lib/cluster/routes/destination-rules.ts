import { NETWORKING } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Labels, labelsOf, listOf, numberOf, textOf, textsOf, valueAt } from '../objects/fields';
import { namespaceOf, specOf, titleOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { HostIndex } from '../services/host-index';
import { fullHost } from '../services/hosts';

export interface DestinationRule {
  readonly object: ManifestObject;
  readonly title: string;
  readonly namespaceName: string;
  /** In full, its letters as they are written: Istio finds no service by capitals. */
  readonly host: string;
  readonly subsets: readonly Subset[];
  /** Every mode of TLS that it says, for all ports, for one, or for a subset. */
  readonly tlsModes: readonly string[];
  /** The one that holds where no port and no subset says another. */
  readonly tlsMode?: string;
  /** Clients connect to the address that was dialled, and pick no endpoint: for all, for a port, or for a subset. */
  readonly keepsAddresses: boolean;
  /** Labels of the clients that it is for; empty for all. */
  readonly selector: Labels;
  /** Namespaces whose proxies are told about it. */
  readonly exportTo: readonly string[];
}

export interface Subset {
  readonly name: string;
  readonly labels: Labels;
}

export const destinationRules = perCluster((cluster: Cluster): readonly DestinationRule[] =>
  objectsOf(cluster, NETWORKING, 'DestinationRule').map((object) => {
    const { host, subsets, workloadSelector, trafficPolicy, exportTo } = specOf(object);
    const seen = textsOf(exportTo).map((name) => (name === '.' ? namespaceOf(object) : name));
    return {
      object,
      title: titleOf(object),
      namespaceName: namespaceOf(object),
      host: fullHost(cluster, textOf(host) ?? '', namespaceOf(object)),
      subsets: listOf(subsets).map(({ name, labels }) => ({ name: textOf(name) ?? '', labels: labelsOf(labels) })),
      tlsModes: [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)].flatMap(tlsModesOf),
      tlsMode: textOf(valueAt(trafficPolicy, 'tls', 'mode')),
      keepsAddresses: [trafficPolicy, ...listOf(subsets).map((subset) => subset.trafficPolicy)].some(keepsAddresses),
      selector: labelsOf(valueAt(workloadSelector, 'matchLabels')),
      exportTo: seen.length === 0 ? ['*'] : seen,
    };
  }),
);

function tlsModesOf(policy: unknown): string[] {
  return [policy, ...listOf(valueAt(policy, 'portLevelSettings'))].flatMap((level) => textOf(valueAt(level, 'tls', 'mode')) ?? []);
}

/** What clients speak to a port of a service, or of a subset of it. */
export interface ClientTls {
  /** Undefined for what the mesh does by itself. */
  readonly mode?: string;
  /** The server that they ask for, where somebody has said one. */
  readonly sni?: string;
}

/** By what is said of the subset before what is said of all, and of the port before both: that one takes over nothing that it leaves out. */
export function clientTls({ object }: DestinationRule, port: number, subset?: string): ClientTls {
  const { trafficPolicy, subsets } = specOf(object);
  const policies = [trafficPolicy, ...listOf(subsets).flatMap((one) => (textOf(one.name) === subset ? [one.trafficPolicy] : []))];
  const tls = policies.reduce<unknown>((before, policy) => {
    const ofPort = listOf(valueAt(policy, 'portLevelSettings')).find((one) => numberOf(valueAt(one, 'port', 'number')) === port);
    return ofPort ? ofPort.tls : (valueAt(policy, 'tls') ?? before);
  }, undefined);
  return { mode: textOf(valueAt(tls, 'mode')), sni: textOf(valueAt(tls, 'sni')) };
}

function keepsAddresses(policy: unknown): boolean {
  const levels = [policy, ...listOf(valueAt(policy, 'portLevelSettings'))];
  return levels.some((level) => textOf(valueAt(level, 'loadBalancer', 'simple')) === 'PASSTHROUGH');
}

const byHost = perCluster((cluster: Cluster) => new HostIndex(destinationRules(cluster), ({ host }) => [host]));

/** The rules that speak of a host, by the name itself first, then by ever wider wildcards. */
export function destinationRulesFor(cluster: Cluster, host: string): readonly (readonly DestinationRule[])[] {
  return byHost(cluster).covering(host);
}

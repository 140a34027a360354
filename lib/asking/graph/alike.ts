import type { Cluster } from '../../cluster/cluster';
import { type Labels, labelsOf, listOf } from '../../cluster/objects/fields';
import { specOf } from '../../cluster/objects/manifest-object';
import type { LabelSelector } from '../../cluster/objects/selectors';
import { perCluster } from '../../cluster/per-cluster';
import { authorizationPolicies } from '../../cluster/policies/authorization-policies';
import { networkPolicies } from '../../cluster/policies/network-policies';
import { sidecarScopes } from '../../cluster/policies/sidecar-scopes';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { virtualServices } from '../../cluster/routes/virtual-services';
import type { ManifestObject } from '../../model/mesh-model';
import type { Speaker } from '../../verdict/requests/callers';

/** Two callers of one likeness fare alike wherever they go: no object tells them apart. Pods' addresses do not count, which no manifest knows. */
export function likenessOf(cluster: Cluster, { proxy, namespaceName, labels, principal, isBodiless }: Speaker): string {
  const account = principal?.slice(principal.lastIndexOf('/') + 1);
  return JSON.stringify([
    proxy.name,
    namespaceName,
    isBodiless,
    principal && accountLikeness(cluster, account!),
    labelLikeness(cluster, labels),
  ]);
}

/** Values of labels that something asks for, by key. */
const askedLabels = perCluster((cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> => {
  const asked = new Map<string, Set<string>>();
  const addValue = (key: string, value: string): void => void asked.set(key, (asked.get(key) ?? new Set()).add(value));
  const add = ({ matchLabels, matchExpressions }: LabelSelector): void => {
    for (const [key, value] of Object.entries(matchLabels)) addValue(key, value);
    for (const { key, values = [] } of matchExpressions) for (const value of ['', ...values]) addValue(key, value);
  };
  const addLabels = (matchLabels: Labels): void => add({ matchLabels, matchExpressions: [] });
  for (const { pods, ingress = [], egress = [] } of networkPolicies(cluster)) {
    const peers = [...ingress, ...egress].flatMap((rule) => rule.peers);
    [pods, ...peers.flatMap(({ podSelector }) => podSelector ?? [])].forEach(add);
  }
  [...sidecarScopes(cluster), ...destinationRules(cluster)].forEach(({ selector }) => addLabels(selector));
  virtualServices(cluster).forEach(({ object }) => sourceLabelsIn(object).forEach(addLabels));
  return asked;
});

function labelLikeness(cluster: Cluster, labels: Labels): (string | boolean)[][] {
  return [...askedLabels(cluster)].flatMap(([key, values]) => {
    const value = labels[key];
    return value === undefined ? [] : [[key, values.has(value) ? value : true]];
  });
}

/** Requests, bytes and TLS have each a place for them. */
function sourceLabelsIn(object: ManifestObject): Labels[] {
  const { http, tcp, tls } = specOf(object);
  const matches = [http, tcp, tls].flatMap(listOf).flatMap(({ match }) => listOf(match));
  return matches.map(({ sourceLabels }) => labelsOf(sourceLabels));
}

interface AskedAccounts {
  /** Part of a name is asked for: then each is another. */
  readonly isEach: boolean;
  readonly names: ReadonlySet<string>;
}

const askedAccounts = perCluster((cluster: Cluster): AskedAccounts => {
  const rules = authorizationPolicies(cluster).flatMap((policy) => policy.rules);
  const sources = rules.flatMap(({ from }) => from).flatMap((clause) => Object.values(clause).flat());
  const conditions = rules.flatMap(({ when }) => when).flatMap(({ values, notValues }) => [...values, ...notValues]);
  const names = [...sources, ...conditions].map((text) => text.slice(text.lastIndexOf('/') + 1));
  return { isEach: names.some((name) => name.includes('*') && name !== '*'), names: new Set(names) };
});

function accountLikeness(cluster: Cluster, name: string): string | boolean {
  const { isEach, names } = askedAccounts(cluster);
  return isEach || names.has(name) ? name : true;
}

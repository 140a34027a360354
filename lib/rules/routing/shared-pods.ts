import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { isEmpty, type Labels } from '../../cluster/objects/fields';
import { hasLabels } from '../../cluster/objects/selectors';
import { perCluster } from '../../cluster/per-cluster';
import { destinationRules } from '../../cluster/routes/destination-rules';
import { httpRoutesOf, type VirtualDestination, virtualServices } from '../../cluster/routes/virtual-services';
import { clusterOf } from '../cluster-of';
import { labelText } from '../call-words';
import { DESTINATIONS, fieldPaths } from '../comparison';
import { isRaw } from '../owners';
import { rule } from '../rule';

export const sharedPods = rule({
  code: 'MESH351',
  level: 'warning',
  title: 'two shares of a route that go to the same pods',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host', 'subset', 'port']), made: false },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host', ...fieldPaths(['spec subsets'], ['name', 'labels'])], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) {
      const [pair] = httpRoutesOf(cluster, one).flatMap(({ destinations }) => pairsOf(cluster, destinations));
      if (!pair) continue;
      const [first, second] = pair.map(({ destination }) => nameOf(destination));
      report({
        on: one.object,
        message:
          first === second
            ? `${one.title} names ${first} twice in one route: its shares add up`
            : `${one.title} splits requests between ${first} and ${second}, and some pods are in both: they receive more than their share`,
        got: pair.map(({ labels }) => (isEmpty(labels) ? 'all pods' : labelText(labels))).join(' and '),
        fix: 'give each version a subset with labels of its own, and name each once',
      });
    }
  },
});

interface Share {
  readonly destination: VirtualDestination;
  readonly labels: Labels;
}

function pairsOf(cluster: Cluster, destinations: readonly VirtualDestination[]): Share[][] {
  const shares = destinations.flatMap((destination) => {
    const labels = labelsOf(cluster, destination);
    return labels && destination.weight !== 0 ? [{ destination, labels }] : [];
  });
  return shares.flatMap((share, index) => {
    const first = shares.slice(0, index).find((other) => overlap(other, share));
    return first ? [[first, share]] : [];
  });
}

function overlap(one: Share, other: Share): boolean {
  const isSamePlace = one.destination.host === other.destination.host && one.destination.port === other.destination.port;
  return isSamePlace && (hasLabels(one.labels, other.labels) || hasLabels(other.labels, one.labels));
}

const subsetLabels = perCluster((cluster: Cluster): ReadonlyMap<string, Labels> => {
  const subsets = destinationRules(cluster).flatMap(({ host, subsets: own }) => own.map((subset) => ({ host, ...subset })));
  return new Map(subsets.map(({ host, name, labels }) => [`${host} ${name}`, labels]));
});

/** All pods of the host, or those of a subset; undefined where nobody here defines it. */
function labelsOf(cluster: Cluster, { host, subset }: VirtualDestination): Labels | undefined {
  return subset === undefined ? {} : subsetLabels(cluster).get(`${host} ${subset}`);
}

function nameOf({ host, subset }: VirtualDestination): string {
  return subset === undefined ? host : `${host} (${subset})`;
}

import { GATEWAY_API } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { type HttpMatch, type HttpRoute, httpRoutes, type HttpRouteRule } from '../../cluster/routes/http-routes';
import type { RouteParent } from '../../cluster/routes/gateway-api-routes';
import { clusterOf } from '../cluster-of';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

export const hiddenPattern = rule({
  code: 'MESH435',
  level: 'warning',
  title: 'pattern for paths at a gateway that a prefix hides',
  compares: [
    {
      kinds: [`${GATEWAY_API}/HTTPRoute`],
      fields: [...fieldPaths(['spec rules matches path'], ['type', 'value']), 'spec hostnames', 'spec parentRefs name'],
      pairs: true,
    },
  ],

  check(model, report) {
    const places = placesOf(clusterOf(model));
    for (const pattern of places.filter(({ match }) => match.path.type === 'RegularExpression')) {
      const prefix = places.find((other) => hides(other, pattern));
      if (!prefix) continue;
      report({
        on: pattern.route.object,
        message: `${pattern.route.title} sends nothing where paths match ${pattern.match.path.value}: Istio tries prefixes before patterns, and ${prefix.route.title} takes ${prefix.match.path.value} at the same host`,
        got: `${pattern.match.path.value} beside ${prefix.match.path.value} at ${hostsOf(pattern.route)}`,
        fix: 'say the paths as prefixes or exactly, narrow the prefix, or expose the pattern at a host of its own; a gateway with istioPods tries patterns first',
        yamlFix: 'write the paths as prefixes or exactly, narrow the prefix, or give the pattern a host of its own',
      });
    }
  },
});

interface Place {
  readonly route: HttpRoute;
  readonly rule: HttpRouteRule;
  readonly match: HttpMatch;
}

const placesOf = (cluster: Cluster): Place[] =>
  httpRoutes(cluster).flatMap((route) => route.rules.flatMap((each) => each.matches.map((match) => ({ route, rule: each, match }))));

function hides(prefix: Place, pattern: Place): boolean {
  const { path, method, headers, queryParams } = prefix.match;
  if (path.type !== 'PathPrefix' || method !== undefined || headers.length > 0 || queryParams.length > 0) return false;
  return covers(path.value, pattern.match.path.value) && meet(prefix.route, pattern.route) && goElsewhere(prefix.rule, pattern.rule);
}

/** Every path of the pattern lies below the prefix: both begin with the same letters. */
function covers(prefix: string, pattern: string): boolean {
  const [plain] = /^[\w/~-]*/.exec(pattern)!;
  return pattern.includes('|') ? prefix === '/' : plain.startsWith(`${prefix.replace(/\/+$/, '')}/`);
}

/** One gateway has both at one host. Hosts that only overlap are told apart before paths are. */
function meet(one: HttpRoute, other: HttpRoute): boolean {
  const hosts = (route: HttpRoute): readonly string[] => (route.hostnames.length > 0 ? route.hostnames : ['*']);
  const isShared = hosts(one).some((host) => hosts(other).includes(host));
  return isShared && one.parents.some((parent) => other.parents.some((each) => isSame(parent, each)));
}

const isSame = (one: RouteParent, other: RouteParent): boolean =>
  one.kind === 'Gateway' && one.kind === other.kind && one.key === other.key && one.sectionName === other.sectionName;

const goElsewhere = (one: HttpRouteRule, other: HttpRouteRule): boolean =>
  JSON.stringify([one.backends, one.newPath]) !== JSON.stringify([other.backends, other.newPath]);

const hostsOf = ({ hostnames }: HttpRoute): string => hostnames.join(', ') || 'every host';

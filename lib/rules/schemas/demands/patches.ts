import { type Fields, fieldsOf, isSaid, textOf, valueAt } from '../../../cluster/objects/fields';
import { patternFault } from '../checks/patterns-of-istio';
import { isNoPort } from '../values/amounts';
import type { Demand } from './demand';
import type { Place } from './places';

const PATCH = 'spec.configPatches[]';
const FILTER = `${PATCH}.match.listener.filterChain.filter`;
const MANAGERS = ['envoy.filters.network.http_connection_manager', 'envoy.http_connection_manager'];
const MATCHES = ['listener', 'routeConfiguration', 'cluster'];
const MATCH_OF: Readonly<Record<string, string>> = {
  LISTENER: 'listener',
  FILTER_CHAIN: 'listener',
  NETWORK_FILTER: 'listener',
  HTTP_FILTER: 'listener',
  ROUTE_CONFIGURATION: 'routeConfiguration',
  VIRTUAL_HOST: 'routeConfiguration',
  HTTP_ROUTE: 'routeConfiguration',
  CLUSTER: 'cluster',
};

/** What is asked of the patches of an EnvoyFilter; those of waypoints Istio takes as they are. */
export const PATCH_DEMANDS: readonly Demand[] = [
  {
    at: 'spec',
    refuses: (spec) => isSaid(fieldsOf(spec).workloadSelector) && isSaid(fieldsOf(spec).targetRefs),
    what: 'has both workloadSelector and targetRefs',
    fix: 'keep one of them',
  },
  {
    at: PATCH,
    refuses: (patch) => !isOfWaypoint(fieldsOf(patch)) && lacks(fieldsOf(patch).applyTo),
    what: 'does not say what it patches',
    fix: 'write applyTo',
  },
  {
    at: PATCH,
    refuses: (patch) => !isOfWaypoint(fieldsOf(patch)) && !lacks(fieldsOf(patch).applyTo) && lacks(valueAt(patch, 'patch', 'operation')),
    what: 'does not say what to do',
    fix: 'write patch.operation',
  },
  {
    at: PATCH,
    refuses: (patch) => isAsked(fieldsOf(patch)) && lacksValue(fieldsOf(patch)),
    what: 'has nothing to put in',
    fix: 'write patch.value',
  },
  {
    at: `${PATCH}.match`,
    refuses: (match, { around }) => isAsked(around[0]) && looksElsewhere(fieldsOf(match), around[0].applyTo),
    what: 'looks at another part than applyTo patches',
    fix: 'write listener for listeners and filters, routeConfiguration for routes, cluster for clusters',
  },
  {
    at: `${PATCH}.match.proxy.proxyVersion`,
    refuses: (version, { around }) =>
      isAsked(patchIn(around)) && typeof version === 'string' && version.length <= 1024 && patternFault(version) !== undefined,
    what: 'is no regex that Istio takes',
    fix: "write it in RE2's syntax, such as ^1\\.31.*",
  },
  {
    at: FILTER,
    refuses: (filter, { around }) => isAsked(patchIn(around)) && isOfListener(patchIn(around)) && !textOf(fieldsOf(filter).name),
    what: 'has no name',
    fix: 'write the name of the filter',
  },
  {
    at: `${FILTER}.subFilter`,
    refuses: (inner, { around }) =>
      isAsked(patchIn(around)) && isOfListener(patchIn(around)) && !isOfHttp(patchIn(around), around[0], fieldsOf(inner)),
    what: 'is asked in the HTTP connection manager alone, by its name and for HTTP_FILTER',
    fix: `write applyTo: HTTP_FILTER, filter.name: ${MANAGERS[0]} and subFilter.name`,
  },
  {
    at: `${PATCH}.match`,
    refuses: (match) => (fieldsOf(match).context === 'WAYPOINT') !== isSaid(fieldsOf(match).waypoint),
    what: 'has one of context: WAYPOINT and waypoint without the other',
    fix: 'write both, or neither',
  },
  { at: `${PATCH}.match.waypoint.portNumber`, refuses: isNoPort, what: 'is no port', fix: 'write a number from 1 to 65535' },
];

function patchIn(around: Place['around']): Fields {
  return around.at(-3) ?? {};
}

function isOfWaypoint({ match }: Fields): boolean {
  return fieldsOf(match).context === 'WAYPOINT';
}

function lacks(word: unknown): boolean {
  return !isSaid(word) || word === 'INVALID';
}

/** Istio looks no further where one of these is missing. */
function isAsked(patch: Fields): boolean {
  return !isOfWaypoint(patch) && !lacks(patch.applyTo) && !lacks(valueAt(patch, 'patch', 'operation'));
}

function lacksValue({ patch }: Fields): boolean {
  return fieldsOf(patch).operation !== 'REMOVE' && !isSaid(fieldsOf(patch).value);
}

function looksElsewhere(match: Fields, applyTo: unknown): boolean {
  const [wanted, said] = [MATCH_OF[String(applyTo)], MATCHES.filter((key) => isSaid(match[key]))];
  return wanted !== undefined && said.length > 0 && !said.includes(wanted);
}

function isOfListener({ applyTo }: Fields): boolean {
  return MATCH_OF[String(applyTo)] === 'listener';
}

function isOfHttp({ applyTo }: Fields, { name }: Fields, inner: Fields): boolean {
  return applyTo === 'HTTP_FILTER' && MANAGERS.includes(textOf(name) ?? '') && Boolean(textOf(inner.name));
}

import type { Cluster } from '../../cluster/cluster';
import { authorizationIndex, dryRunIndex } from '../../cluster/policies/authorization-policies';
import { type Issuer, requestAuthenticationIndex } from '../../cluster/policies/request-authentications';
import { followedRoutes } from '../../cluster/routes/delegated-routes';
import type { HttpRoute } from '../../cluster/routes/http-routes';
import type { VirtualService } from '../../cluster/routes/virtual-services';
import { servicesCovering } from '../../cluster/services/registry';
import { groupedBy } from '../../support/grouping';
import { attachedTo, type Enforcer } from '../decision/enforcer';
import { enforcersOfPod, enforcersOfService } from '../enforcers';
import { speakerOf, workloadNamed } from '../requests/callers';
import type { Request, Target } from '../requests/request';
import { type Asked, askedByHttpRoute, askedByRule, askedByVirtualService, joined, type Property, type Vocabulary } from './asked';
import { followed } from './followed-routes';
import { below } from './languages';
import { isAboutHost, withHosts } from './written-hosts';

/** All that may have a say about requests from somebody to somewhere, whatever they are. */
export interface Way {
  readonly vocabulary: Vocabulary;
  /** Whose tokens are looked at. */
  readonly issuers: readonly Issuer[];
  /** On which properties of requests it depends where they go; undefined where that may be any, or where something else is sent on. */
  readonly steeredBy?: readonly Property[];
}

/** More than any one request meets: every route that may be followed from there, and whoever stands before what it leads to. */
export function wayOf(cluster: Cluster, request: Request): Way {
  const { hosts, virtual, http } = followed(cluster, request);
  const enforcers = enforcersOf(cluster, request, hosts);
  const tried = enforcers.flatMap((enforcer) => attachedTo(cluster, dryRunIndex(cluster), enforcer));
  const policies = [
    ...enforcers.flatMap((enforcer) => attachedTo(cluster, authorizationIndex(cluster), enforcer)),
    ...tried.filter(({ action }) => action === 'CUSTOM'),
  ];
  const rules = [...new Set(policies)].flatMap((policy) => policy.rules);
  const issuers = enforcers
    .flatMap((enforcer) => attachedTo(cluster, requestAuthenticationIndex(cluster), enforcer))
    .flatMap((one) => one.issuers);
  const routes = joined([...virtual.map((one) => askedByVirtualService(cluster, one)), ...http.map(askedByHttpRoute)]);
  const isChanged = routes.leftOut.length > 0 || virtual.some((one) => isChanging(cluster, one)) || http.some(isChangedBy);
  const vocabulary = withHosts(cluster, request, hosts, joined([...rules.map(askedByRule), routes]));
  const steering = [...routes.asked.filter(isAsking), ...vocabulary.asked.filter(isAboutHost)];
  return {
    vocabulary: withAdditions(vocabulary),
    issuers: joinedIssuers(issuers),
    steeredBy: isChanged ? undefined : steering.map(({ about }) => about),
  };
}

const EVERY_PATH = below('/').id;

const isAsking = ({ about, language }: Asked): boolean => about.in !== 'path' || language.id !== EVERY_PATH;

/** It sends on what nobody sent, or has a proxy answer by itself. */
function isChanging(cluster: Cluster, owner: VirtualService): boolean {
  return followedRoutes(cluster, owner).some(({ rewrite, answer, headers, destinations }) =>
    isAnySaid(rewrite, answer, headers, ...destinations.map((one) => one.headers)),
  );
}

function isChangedBy({ rules }: HttpRoute): boolean {
  return rules.some(({ newPath, answer, headers, backends }) => isAnySaid(newPath, answer, headers, ...backends.map((one) => one.headers)));
}

const isAnySaid = (...changes: readonly unknown[]): boolean => changes.some((one) => one !== undefined);

/** Each issuer once: its tokens are for all for whom somebody wants them to be. */
function joinedIssuers(issuers: readonly Issuer[]): Issuer[] {
  const groups = groupedBy(issuers, ({ issuer }) => issuer);
  return [...groups].map(([issuer, ones]) => ({ issuer, audiences: [...new Set(ones.flatMap(({ audiences }) => audiences))] }));
}

/** A header that is asked about, and to which a route adds: what is compared then is no text that anybody sent. */
function withAdditions(vocabulary: Vocabulary): Vocabulary {
  const { asked, moved, addedTo, leftOut } = vocabulary;
  const named = addedTo.filter((name) => asked.some(({ about }) => about.in === 'header' && about.name === name));
  const dots =
    moved.length > 0 && asked.some(({ about }) => about.in === 'path')
      ? ['paths that a route makes others with dots or empty parts of']
      : [];
  return { ...vocabulary, leftOut: [...leftOut, ...dots, ...new Set(named.map((name) => `header ${name}, to which a route adds`))] };
}

/** The ways of several callers as one. */
export function togetherOf(ways: readonly Way[]): Way {
  const issuers = ways.flatMap((way) => way.issuers);
  return {
    vocabulary: joined(ways.map(({ vocabulary }) => vocabulary)),
    issuers: joinedIssuers(issuers),
    steeredBy: ways.every((way) => way.steeredBy) ? ways.flatMap((way) => way.steeredBy!) : undefined,
  };
}

function enforcersOf(cluster: Cluster, { from, to }: Request, hosts: readonly string[]): Enforcer[] {
  const doors = 'gateway' in from ? [{ pod: speakerOf(cluster, from) }] : [];
  return [...doors, ...enforcersBehind(cluster, to, hosts)];
}

/** Whoever may be asked about what goes somewhere, by any of the hosts that it may be sent to. */
export function enforcersBehind(cluster: Cluster, to: Target, hosts: readonly string[]): Enforcer[] {
  const services = [...new Set(hosts.flatMap((host) => servicesCovering(cluster, host)))];
  const pods = 'podOf' in to ? enforcersOfPod(cluster, workloadNamed(cluster, to.podOf)) : [];
  return [...pods, ...services.flatMap((service) => enforcersOfService(cluster, service))];
}

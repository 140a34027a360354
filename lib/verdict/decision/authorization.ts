import type { Cluster } from '../../cluster/cluster';
import { isEmpty } from '../../cluster/objects/fields';
import {
  asksNobody,
  authorizationIndex,
  type AuthorizationPolicy,
  dryRunIndex,
  notesAnything,
} from '../../cluster/policies/authorization-policies';
import { droppingFilterIndex, type EnvoyFilter } from '../../cluster/policies/envoy-filters';
import type { Access } from './access';
import { attachedTo, type Enforcer } from './enforcer';
import { type Action, proxyMatches, ztunnelMatches } from './rule-match';
import { type Maybe, some } from './three-valued';
import { underAliases } from './trust-domains';
import { byObject, NO_OBJECTION, undecided, type Verdict } from './verdict';

/**
 * Istio's documented order: a DENY that matches denies; without any ALLOW policy all is allowed; an ALLOW that matches allows; all
 * else is denied. AUDIT decides nothing. CUSTOM asks somebody outside, who is taken to agree, and refuses where the mesh does not have him; a dry run of it refuses, for istiod writes its rules where Envoy enforces them.
 */
export function authorize(cluster: Cluster, enforcer: Enforcer, access: Access): Verdict {
  const taken = filterThatDrops(cluster, enforcer, access);
  if (taken) return byObject(true, taken);
  const tried = notesAnything(cluster) ? triedRefusal(cluster, enforcer, access) : undefined;
  if (tried) return tried.matches ? byObject(false, tried.policy) : cannotTell(tried.policy);
  const attached = attachedTo(cluster, authorizationIndex(cluster), enforcer);
  const unasked = refusalOfNobody(cluster, enforcer, access, attached);
  if (unasked) return unasked;
  const denials = asked(cluster, attached, 'DENY', access, enforcer);
  const denial = denials.find(({ matches }) => matches);
  if (denial) return byObject(false, denial.policy);

  const verdict = grant(asked(cluster, attached, 'ALLOW', access, enforcer));
  const unclear = denials.find(({ matches }) => matches === undefined);
  return withAsked(unclear && verdict.allowed ? cannotTell(unclear.policy) : verdict, asked(cluster, attached, 'CUSTOM', access, enforcer));
}

/** A dry run of CUSTOM that refuses, or may. */
function triedRefusal(cluster: Cluster, enforcer: Enforcer, access: Access): Asked | undefined {
  const tried = attachedTo(cluster, dryRunIndex(cluster), enforcer);
  return asked(cluster, tried, 'CUSTOM', access, enforcer).find(({ matches }) => matches !== false);
}

/** What a policy refuses, or may, that asks somebody whom the mesh does not have; Envoy looks at it before all others. */
function refusalOfNobody(
  cluster: Cluster,
  enforcer: Enforcer,
  access: Access,
  attached: readonly AuthorizationPolicy[],
): Verdict | undefined {
  const lost = attached.filter((policy) => asksNobody(cluster, policy));
  const questions = asked(cluster, lost, 'CUSTOM', access, enforcer);
  const refusal = questions.find(({ matches }) => matches)?.policy;
  if (refusal) return { ...byObject(false, refusal), asksInVain: refusal.provider };
  const unclear = questions.find(({ matches }) => matches === undefined);
  return unclear && cannotTell(unclear.policy);
}

/** ztunnel is not told of such a policy. */
function withAsked(verdict: Verdict, questions: readonly Asked[]): Verdict {
  const meant = questions.filter(({ matches }) => matches !== false).flatMap(({ policy }) => policy.provider ?? []);
  return verdict.allowed && meant.length > 0 ? { ...verdict, asks: [...new Set(meant)].sort() } : verdict;
}

/** An EnvoyFilter by which an Envoy enforces no policy at all. */
function filterThatDrops(cluster: Cluster, enforcer: Enforcer, { http }: Access): EnvoyFilter | undefined {
  if (!enforcer.pod.proxy.readsHttp) return undefined;
  return attachedTo(cluster, droppingFilterIndex(cluster), enforcer).find(({ drops }) => drops[http ? 'http' : 'tcp']);
}

/** A policy, and whether one of its rules matches. */
export interface Asked {
  readonly policy: AuthorizationPolicy;
  readonly matches: Maybe;
}

/** Those of some policies that have an action; ztunnel is told of no CUSTOM. */
export function asked(
  cluster: Cluster,
  attached: readonly AuthorizationPolicy[],
  action: Action,
  access: Access,
  enforcer: Enforcer,
): Asked[] {
  const isTold = action !== 'CUSTOM' || enforcer.pod.proxy.readsHttp;
  const policies = attached.filter((policy) => isTold && policy.action === action);
  return policies.map((policy) => ({ policy, matches: anyRule(cluster, policy, action, access, enforcer) }));
}

function grant(allows: readonly Asked[]): Verdict {
  if (allows.length === 0) return NO_OBJECTION;
  const narrowestFirst = byBreadth(allows);
  const allowing = narrowestFirst.find(({ matches }) => matches);
  if (allowing) return byObject(true, allowing.policy);
  const unclear = narrowestFirst.find(({ matches }) => matches === undefined);
  return unclear ? cannotTell(unclear.policy) : byObject(false, narrowestFirst[0].policy);
}

/** Whose silence is named. */
export function narrowest(policies: readonly Asked[]): Asked {
  return byBreadth(policies)[0];
}

function byBreadth(policies: readonly Asked[]): Asked[] {
  return [...policies].sort((a, b) => breadth(a.policy) - breadth(b.policy));
}

function anyRule(
  cluster: Cluster,
  { rules, namespaceName }: AuthorizationPolicy,
  action: Action,
  access: Access,
  { pod }: Enforcer,
): Maybe {
  if (!pod.proxy.readsHttp) return some(rules.map((rule) => ztunnelMatches(rule, action, access, namespaceName)));
  return some(rules.map((rule) => proxyMatches(underAliases(cluster, rule), action, access, namespaceName)));
}

function cannotTell(policy: AuthorizationPolicy): Verdict {
  return undecided(`${policy.title} asks for what is not known here`, policy);
}

/** A refusal names the policy closest to what was called, not the namespace's default that stands behind it. */
function breadth({ rules, targets, selector }: AuthorizationPolicy): number {
  if (rules.length === 0) return 3;
  if (targets.length > 0) return targets.some(({ kind }) => kind === 'Service' || kind === 'ServiceEntry') ? 0 : 1;
  return isEmpty(selector) ? 2 : 0;
}

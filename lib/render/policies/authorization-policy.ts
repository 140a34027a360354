import * as security from '../../../imports/security.istio.io';
import { PATH_NORMALIZATION } from '../../istio/defaults';
import type { ConditionFacts } from '../../model/access/condition-facts';
import type { Call } from '../../model/call';
import type { Enforcement } from '../../model/hop';
import type { PathNormalizationName } from '../../model/mesh-model';
import { asksForToken, type UserPart } from '../../model/users/end-user';
import { groupedBy } from '../../support/grouping';
import { canonical, sortedBy } from '../../support/ordering';
import { refusedPaths } from './refused-paths';

const { ALLOW, DENY, CUSTOM, AUDIT } = security.AuthorizationPolicySpecAction;
const ACTIONS = { ALLOW, DENY, CUSTOM, AUDIT, DRY_RUN: DENY };

/** One policy from all that one enforcer has to check; all enforcements attach alike. */
export function renderAuthorizationPolicy(
  action: Call['action'],
  enforcements: readonly Enforcement[],
  normalization: PathNormalizationName = PATH_NORMALIZATION,
): security.AuthorizationPolicySpec {
  const { attachment, provider } = enforcements[0];
  const pathsOf = (paths: readonly string[]): string[] => (action !== 'ALLOW' ? refusedPaths(paths, normalization) : [...paths]);
  return {
    ...('selector' in attachment ? { selector: { matchLabels: attachment.selector } } : { targetRefs: [...attachment.targetRefs] }),
    action: ACTIONS[action],
    provider: provider === undefined ? undefined : { name: provider },
    rules: canonical(enforcements.filter(isEnforceable).map((enforcement) => renderRule(action, enforcement, pathsOf))),
  };
}

/** What a proxy has to check, by the end of the names of its policies, sorted: those who are asked beside others have one each. */
export function policyParts(enforcements: readonly Enforcement[]): ReadonlyMap<string, Enforcement[]> {
  const parts = groupedBy(enforcements, ({ provider, asksBeside }) => (asksBeside ? `-${provider}` : ''));
  return new Map(sortedBy(parts, ([part]) => part));
}

// What an enforcer cannot read it must not be asked: left out of an ALLOW, the call stays refused, and a rule reports it.
function isEnforceable(enforcement: Enforcement): boolean {
  return (enforcement.readsHttp || !enforcement.http) && enforcement.ports?.length !== 0;
}

type PathsOf = (paths: readonly string[]) => string[];

function renderRule(action: Call['action'], enforcement: Enforcement, pathsOf: PathsOf): security.AuthorizationPolicySpecRules {
  // '*' is anyone with an identity; a refusal of everybody, and a port that takes plaintext, cover those without one as well.
  const { besides = [], aliases = [], besidesAliases = [], excepted = [], blocks } = enforcement;
  const isAnyone = action === 'ALLOW' && !enforcement.anybody && !blocks;
  const principal = enforcement.principal ?? (isAnyone ? '*' : undefined);
  const user = asksForToken(enforcement.user) ? enforcement.user : undefined;
  const source = {
    principals: principal === undefined ? undefined : [principal, ...aliases],
    notPrincipals: someOf([...besides, ...besidesAliases, ...excepted]),
    ipBlocks: blocks && [...blocks],
    requestPrincipals: user && [`${user.issuer.issuer}/*`],
  };
  return {
    from: Object.values(source).some((said) => said !== undefined) ? [{ source }] : undefined,
    to: renderOperations(enforcement, pathsOf),
    when: renderConditions(enforcement),
  };
}

// The audience is in each rule, for the same proxy may take tokens of one issuer for several.
function renderConditions({ user, sni, conditions = [] }: Enforcement): security.AuthorizationPolicySpecRulesWhen[] | undefined {
  const name = sni === undefined ? [] : [{ key: 'connection.sni', values: [sni] }];
  return someOf([...name, ...conditions.map(renderCondition), ...(asksForToken(user) ? conditionsOf(user) : [])]);
}

function renderCondition(condition: ConditionFacts): security.AuthorizationPolicySpecRulesWhen {
  if (condition.in === 'addresses') return { key: 'source.ip', values: [...condition.blocks] };
  return { key: `request.headers[${condition.name}]`, values: [...condition.values] };
}

function someOf<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}

function conditionsOf({ issuer, claims }: UserPart): security.AuthorizationPolicySpecRulesWhen[] {
  const audiences = issuer.audiences.length > 0 ? [{ key: 'request.auth.audiences', values: [...issuer.audiences] }] : [];
  return [...audiences, ...Object.entries(claims).map(([name, values]) => ({ key: `request.auth.claims${name}`, values: [...values] }))];
}

function renderOperations({ http, ports }: Enforcement, pathsOf: PathsOf): security.AuthorizationPolicySpecRulesTo[] | undefined {
  const portTexts = ports && [...new Set(ports)].map(String).sort();
  if (!http) return portTexts && [{ operation: { ports: portTexts } }];
  return canonical(
    http.map(({ methods, paths, notPaths, hosts = [] }) => ({
      operation: {
        hosts: someOf(hosts.flatMap(hostForms)),
        methods: methods.length > 0 ? [...methods] : undefined,
        paths: paths.length > 0 ? pathsOf(paths) : undefined,
        notPaths: notPaths && [...notPaths],
        ports: portTexts,
      },
    })),
  );
}

// A client writes the port behind the host, or leaves it out; behind a pattern nothing more can stand.
function hostForms(host: string): string[] {
  return host.startsWith('*') ? [host] : [host, `${host}:*`];
}

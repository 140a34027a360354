import { SECURITY } from '../../istio/api-groups';
import { GATEWAY_NAME, USE_WAYPOINT } from '../../istio/labels';
import type { AuthorizationPolicy, AuthorizationRule, Clause } from '../../cluster/policies/authorization-policies';
import { selectedProxies } from '../../cluster/workloads/selected-proxies';
import { clusterOf } from '../cluster-of';
import { rawPolicies } from '../raw-policies';
import { isAmbient, planeOf } from '../planes';
import { rule } from '../rule';

const HTTP_OPERATION = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];
const HTTP_SOURCE = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'];
const READ_BY_ZTUNNEL = ['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];

export const httpPolicyAtZtunnel = rule({
  code: 'MESH211',
  level: 'error',
  title: 'AuthorizationPolicy that ztunnel cannot enforce',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec action', 'spec selector', 'spec rules when key'] }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const policy of rawPolicies(model)) {
      const { object, title, namespaceName, selector, targets } = policy;
      const harm = targets.length > 0 ? undefined : harmOf(policy);
      // An ingress gateway reads HTTP itself, and may be picked by label.
      if (!harm || selector[GATEWAY_NAME] !== undefined) continue;
      if (selectedProxies(cluster, namespaceName, selector).every((proxy) => !isAmbient(planeOf(proxy)))) continue;
      report({
        on: object,
        message: `${title} is enforced by ztunnel, which reads no HTTP: ${harm.effect}`,
        got: harm.got,
        fix: 'attach it to the Service with targetRefs, which brings the waypoint of a MeshNamespace; or use access.allow, which writes the policies for waypoint and pods',
        yamlFix: `attach it to the Service with targetRefs, and put a waypoint before the Service: a Gateway of class istio-waypoint, and the label ${USE_WAYPOINT} with its name on the Service or its Namespace`,
      });
    }
  },
});

function harmOf({ action, rules }: AuthorizationPolicy): { effect: string; got: string } | undefined {
  if (action === 'CUSTOM' || action === 'AUDIT')
    return { effect: 'the policy never reaches it and protects nothing', got: `action: ${action}` };
  const fields = [...new Set(rules.flatMap(httpFields))].sort();
  if (fields.length === 0) return undefined;
  const effect =
    action === 'DENY'
      ? 'the rule is not enforced, or denies its whole port'
      : 'the rule is dropped, and the callers that it should allow are refused';
  return { effect, got: `${action} with ${fields.join(', ')}` };
}

function httpFields({ from, to, when }: AuthorizationRule): string[] {
  return [
    ...to.flatMap((operation) => presentIn(operation, HTTP_OPERATION)),
    ...from.flatMap((source) => presentIn(source, HTTP_SOURCE)),
    ...when.map(({ key }) => key).filter((key) => key !== '' && !READ_BY_ZTUNNEL.includes(key)),
  ];
}

function presentIn(clause: Clause, names: readonly string[]): string[] {
  return names.filter((name) => (clause[name] ?? []).length > 0);
}

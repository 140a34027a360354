import { SECURITY } from '../../istio/api-groups';
import { GATEWAY_NAME } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import { type Fields, fieldsOf, labelsOf, listOf, nameOf, namespaceOf, rawObjectsOf, specOf, textOf, valueAt } from '../manifest-reader';
import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';
import { selectedPlane } from '../workloads';

const HTTP_OPERATION = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];
const HTTP_SOURCE = ['requestPrincipals', 'notRequestPrincipals', 'remoteIpBlocks', 'notRemoteIpBlocks'];
const READ_BY_ZTUNNEL = ['source.ip', 'source.namespace', 'source.principal', 'destination.ip', 'destination.port'];

export const httpPolicyAtZtunnel = rule({
  code: 'MESH211',
  level: 'error',
  title: 'AuthorizationPolicy that ztunnel cannot enforce',
  compares: [{ kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec action', 'spec selector', 'spec rules when key'] }],

  check(model, report) {
    for (const policy of rawObjectsOf(model, SECURITY, 'AuthorizationPolicy')) {
      const selector = labelsOf(valueAt(specOf(policy), 'selector', 'matchLabels'));
      const harm = hasTarget(policy) ? undefined : harmOf(policy);
      // An ingress gateway reads HTTP itself, and may be picked by label.
      if (!harm || selector[GATEWAY_NAME] !== undefined || !isAmbient(selectedPlane(model, namespaceOf(policy), selector))) continue;
      report({
        on: policy,
        message: `${nameOf(policy)} is enforced by ztunnel, which reads no HTTP: ${harm.effect}`,
        got: harm.got,
        fix: 'attach it to the Service with targetRefs, behind a waypoint; or use access.allow, which writes the policies for waypoint and pods',
      });
    }
  },
});

function hasTarget(policy: ManifestObject): boolean {
  const { targetRefs, targetRef } = specOf(policy);
  return listOf(targetRefs).length > 0 || targetRef !== undefined;
}

function harmOf(policy: ManifestObject): { effect: string; got: string } | undefined {
  const action = textOf(specOf(policy).action) ?? 'ALLOW';
  if (action === 'CUSTOM' || action === 'AUDIT')
    return { effect: 'the policy never reaches it and protects nothing', got: `action: ${action}` };
  const fields = [...new Set(listOf(specOf(policy).rules).flatMap(httpFields))].sort();
  if (fields.length === 0) return undefined;
  const effect =
    action === 'DENY'
      ? 'the rule is not enforced, or denies its whole port'
      : 'the rule is dropped, and the callers that it should allow are refused';
  return { effect, got: `${action} with ${fields.join(', ')}` };
}

function httpFields({ from, to, when }: Fields): string[] {
  return [
    ...listOf(to).flatMap(({ operation }) => presentIn(operation, HTTP_OPERATION)),
    ...listOf(from).flatMap(({ source }) => presentIn(source, HTTP_SOURCE)),
    ...listOf(when)
      .map(({ key }) => textOf(key) ?? '')
      .filter((key) => key !== '' && !READ_BY_ZTUNNEL.includes(key)),
  ];
}

function presentIn(value: unknown, names: readonly string[]): string[] {
  const fields = fieldsOf(value);
  return names.filter((name) => Array.isArray(fields[name]) && fields[name].length > 0);
}

import { SECURITY } from '../../istio/api-groups';
import { DRY_RUN } from '../../istio/labels';
import type { ManifestObject } from '../../model/mesh-model';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { type Fields, fieldsOf, listOf, textOf, textsOf } from '../objects/fields';
import { annotationsOfObject, specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type Attached, AttachmentIndex, readAttached } from './attachments';

export interface AuthorizationPolicy extends Attached {
  readonly action: string;
  readonly rules: readonly AuthorizationRule[];
  /** Who is asked, where the action is CUSTOM. */
  readonly provider?: string;
  /** Only tells what it would do. */
  readonly isDryRun: boolean;
}

export interface AuthorizationRule {
  readonly from: readonly Clause[];
  readonly to: readonly Clause[];
  readonly when: readonly Condition[];
}

/** Lists of values by the name of a field; `notX` beside `X`. */
export type Clause = Readonly<Record<string, readonly string[]>>;

export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/** Every AuthorizationPolicy, by namespace and name. */
export const authorizationPolicies = perCluster((cluster: Cluster): readonly AuthorizationPolicy[] =>
  objectsOf(cluster, SECURITY, 'AuthorizationPolicy').map(readPolicy),
);

/** It asks a provider that the mesh does not have: istiod has Envoy refuse what such a policy matches. */
export function asksNobody({ authorizerNames }: Cluster, { action, provider }: AuthorizationPolicy): boolean {
  return action === 'CUSTOM' && authorizerNames !== undefined && provider !== undefined && !authorizerNames.includes(provider);
}

/** What one object says. */
export function readPolicy(object: ManifestObject): AuthorizationPolicy {
  const { action, provider, rules } = specOf(object);
  const asks = textOf(fieldsOf(provider).name);
  return {
    ...readAttached(object),
    action: textOf(action) ?? 'ALLOW',
    provider: asks,
    rules: listOf(rules).map(readRule),
    isDryRun: isDryRun(object),
  };
}

export const authorizationIndex = perCluster(
  (cluster: Cluster) => new AttachmentIndex(authorizationPolicies(cluster).filter((policy) => !policy.isDryRun)),
);

/** Those that proxies only note what they would say of. */
export const dryRunIndex = perCluster(
  (cluster: Cluster) => new AttachmentIndex(authorizationPolicies(cluster).filter((policy) => policy.isDryRun)),
);

/** Some policy only notes what it finds: one that is tried, or AUDIT. */
export const notesAnything = perCluster((cluster: Cluster) =>
  authorizationPolicies(cluster).some(({ isDryRun, action }) => isDryRun || action === 'AUDIT'),
);

// Words that Go reads as true, since istiod asks Go.
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];

function isDryRun(object: ManifestObject): boolean {
  return TRUE.includes(annotationsOfObject(object)[DRY_RUN] ?? '');
}

function readRule({ from, to, when }: Fields): AuthorizationRule {
  return {
    from: listOf(from).map(({ source }) => readClause(source)),
    to: listOf(to).map(({ operation }) => readClause(operation)),
    when: listOf(when).map(({ key, values, notValues }) => ({
      key: textOf(key) ?? '',
      values: textsOf(values),
      notValues: textsOf(notValues),
    })),
  };
}

function readClause(value: unknown): Clause {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([field, values]) => [field, textsOf(values)]));
}

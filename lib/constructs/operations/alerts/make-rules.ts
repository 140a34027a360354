import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { PROMETHEUS_RULE, type RulesSpec } from '../../../render/observability/rules';
import { requireName } from '../../../support/object-names';
import { lazy } from '../../tree/lazy';
import { makeObject, type ObjectClass } from '../../tree/make-object';

/** Where rules stand, and what they are. */
export interface PlacedRules {
  readonly namespaceName: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec: () => RulesSpec;
}

// The operator's own kind: no generated class has it.
const RULE: ObjectClass<RulesSpec> = { GVK: PROMETHEUS_RULE, manifest: () => undefined };

/** The one object of a construct of rules, under its id. */
export function makeRules(at: Construct, { namespaceName, labels, spec }: PlacedRules): ApiObject {
  const metadata = { name: requireName(at, 'name of rules', at.node.id), namespace: namespaceName, labels };
  return makeObject(at, 'Resource', RULE, metadata, lazy(spec));
}

import { type AuthorizationPolicy, readPolicy } from '../cluster/policies/authorization-policies';
import { objectsOf } from '../cluster/objects/objects-by-kind';
import { SECURITY } from '../istio/api-groups';
import { clusterOf } from './cluster-of';
import { perModel } from './per-model';

/** Policies that no construct of this library made. */
export const rawPolicies = perModel((model): readonly AuthorizationPolicy[] =>
  objectsOf(clusterOf(model), SECURITY, 'AuthorizationPolicy')
    .filter(({ made }) => !made)
    .map(readPolicy),
);

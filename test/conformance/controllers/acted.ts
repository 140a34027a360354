import type { Manifest } from '../../builders';
import { schemaErrors } from '../../schemas/schema-errors';
import { afterArgoRollouts } from './argo-rollouts';
import { afterFlagger, type Stage } from './flagger';

const GROUPS = ['flagger.app', 'argoproj.io', 'cert-manager.io'];

const isTheirs = ({ apiVersion }: Manifest): boolean => GROUPS.includes(apiVersion.split('/')[0]);

/** The cluster that the controllers make of manifests, without their own resources (cert-manager's are Secrets, which nobody here reads), which Istio has no eye for; those are held to their schemas. */
export function acted(manifests: readonly object[], stage: Stage = 'before', canaryWeight?: number): Manifest[] {
  const given = manifests as readonly Manifest[];
  const faults = given.filter(isTheirs).flatMap(schemaErrors);
  if (faults.length > 0) throw new Error(`the controllers do not take this:\n${faults.join('\n')}`);
  const made = afterFlagger(afterArgoRollouts(given, stage, canaryWeight), stage, canaryWeight);
  // Where there are no pods there is nobody to call or to be called.
  return made.filter((one) => !isTheirs(one) && one.spec?.replicas !== 0);
}

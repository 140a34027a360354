import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { faultsOf } from '../../../lib/schemas/faults';
import type { Schema } from '../../../lib/schemas/schema';
import type { Manifest } from '../../builders';
import { afterArgoRollouts } from './argo-rollouts';
import { afterFlagger, type Stage } from './flagger';

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: ReadonlyArray<{ readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }>;
  };
}

const schemas = new Map<string, Schema>(
  parseAllDocuments(readFileSync(join(__dirname, 'crds.yaml'), 'utf8')).map((document) => {
    const { group, names, versions } = (document.toJS() as Crd).spec;
    return [`${group}/${versions[0].name}/${names.kind}`, versions[0].schema.openAPIV3Schema] as const;
  }),
);

const schemaOf = ({ apiVersion, kind }: Manifest): Schema | undefined => schemas.get(`${apiVersion}/${kind}`);

/** What is wrong with the resources of the controllers themselves. */
export function controllerFaults(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((one) => {
    const schema = schemaOf(one);
    const faults = schema ? faultsOf({ spec: one.spec }, schema) : [];
    return faults.map(({ field, what, got }) => `${one.kind} ${one.metadata.name}: ${field} ${what}, got ${got}`);
  });
}

/** The cluster that both controllers make of manifests, without their own resources, which Istio has no eye for; they are held to their schemas. */
export function acted(manifests: readonly object[], stage: Stage = 'before', canaryWeight?: number): Manifest[] {
  const given = manifests as readonly Manifest[];
  const faults = controllerFaults(given);
  if (faults.length > 0) throw new Error(`the controllers do not take this:\n${faults.join('\n')}`);
  const made = afterFlagger(afterArgoRollouts(given, stage, canaryWeight), stage, canaryWeight);
  // Where there are no pods there is nobody to call or to be called.
  return made.filter((one) => !schemaOf(one) && one.spec?.replicas !== 0);
}

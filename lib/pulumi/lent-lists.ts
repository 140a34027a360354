import * as pulumi from '@pulumi/pulumi';
import type { ApiObject } from 'cdk8s';
import { ForeignFields } from 'istio-constructs';
import type { KubernetesManifest, KubernetesObject } from './kubernetes-object';

/**
 * What updates leave as it is in the cluster: a field that somebody else owns, and where it is in a list, the whole list. To the API server such a list has one
 * owner, so whoever has moved a weight in it owns all of it.
 */
export function lentLists(object: ApiObject): string[] {
  return [...new Set(ForeignFields.of(object).map((path) => path.split('[')[0]))];
}

/** Says in the preview that what the program has in such a list is written with the object and never again. */
export function tellOfLending(object: KubernetesObject, lists: readonly string[]): void {
  if (lists.length > 0 && pulumi.runtime.isDryRun()) void pulumi.log.info(tale(object.manifest, lists), object);
}

const tale = ({ kind, metadata }: KubernetesManifest, lists: readonly string[]): string =>
  [
    `${kind} ${metadata.namespace}/${metadata.name}: ${lists.join(', ')} belongs to whoever else changes it, and stays as it is in the cluster`,
    `  got: what the program says there is written when the object is made, and by no update`,
    `  fix: to write it, leave weightsOwnedBy or releaseController out, say what is in the cluster, and run: PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up`,
  ].join('\n');

import { customResourceProblems } from './crd-schemas';
import { kubernetesProblems } from './kubernetes-schemas';
import type { KubernetesObject } from './problem';

/** Everything for which an API server would refuse the object before it looks at anything else, one line each; none if it is fine. */
export function schemaErrors(manifest: object): string[] {
  const object = manifest as KubernetesObject;
  const { namespace, name } = object.metadata ?? {};
  const title = `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const problems = customResourceProblems(object) ?? kubernetesProblems(object);
  if (!problems) return [`${title}: no schema for ${object.apiVersion} ${object.kind}`];
  return problems.map(({ path, message }) => `${title}: ${path || '/'} ${message}`);
}

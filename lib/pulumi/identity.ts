import type * as pulumi from '@pulumi/pulumi';
import type { ApiObject, Chart } from 'cdk8s';
import { formerParents } from './former-parents';
import { type KubernetesManifest, typeOf } from './kubernetes-object';

/** A program as its objects are named after it. */
export interface Owner {
  readonly program: pulumi.Resource;
  readonly name: string;
  /** Names of programs that may have had these objects. */
  readonly formerNames: readonly string[];
}

// What clusters serve of the groups that most objects are of: each alias costs time, and there are many objects.
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  apps: ['v1'],
  policy: ['v1'],
  'networking.k8s.io': ['v1'],
  'networking.istio.io': ['v1', 'v1beta1', 'v1alpha3'],
  'security.istio.io': ['v1', 'v1beta1'],
};

// What others call their versions.
const COMMON = ['v1', 'v1alpha1', 'v1alpha2', 'v1alpha3', 'v1beta1', 'v1beta2', 'v1beta3', 'v2', 'v2beta1', 'v2beta2'];

/** As kubectl would ask for it, so that it stays the same wherever in the tree the object comes from. */
export const nameOf = (program: string, { metadata }: KubernetesManifest): string =>
  [program, metadata.namespace, metadata.name].filter(Boolean).join('/');

/** Under what else a stack may have an object: another name of its program, another version of its API, the components of older stacks. */
export function aliasesOf(
  { program, name, formerNames }: Owner,
  manifest: KubernetesManifest,
  object: ApiObject,
  chart: Chart,
): pulumi.Alias[] {
  const former = formerNames.map((one) => ({ name: nameOf(one, manifest) }));
  const parents = formerParents(object, chart);
  if (parents.length === 0) return [...former, ...otherVersions(manifest)];
  const parent = program.urn.apply((urn) => below(urn, parents));
  const old = [name, ...formerNames].map((one) => ({ name: nameOf(one, manifest), parent }));
  return [...former, ...otherVersions(manifest), ...old];
}

/** The type of a resource has the version in it, but the API server has one object under all of them. */
function otherVersions({ apiVersion, kind, metadata }: KubernetesManifest): pulumi.Alias[] {
  const [group, version] = apiVersion.split('/');
  const others = version === undefined ? [] : (VERSIONS[group] ?? COMMON).filter((one) => one !== version);
  return others.map((one) => ({ type: typeOf({ apiVersion: `${group}/${one}`, kind, metadata }) }));
}

/** The URN of a resource as it would be as a parent with further parents below it. */
function below(urn: string, types: readonly string[]): string {
  const end = urn.lastIndexOf('::');
  return [urn.slice(0, end), ...types].join('$') + urn.slice(end);
}

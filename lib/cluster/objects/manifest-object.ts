import { CORE } from '../../istio/api-groups';
import { DEFAULT_NAMESPACE } from '../../istio/defaults';
import type { ManifestObject } from '../../model/mesh-model';
import { type Fields, fieldsOf, type Labels, labelsOf } from './fields';

export function specOf(object: ManifestObject): Fields {
  return fieldsOf(object.manifest.spec);
}

export function metadataOf(object: ManifestObject): Fields {
  return fieldsOf(object.manifest.metadata);
}

export function labelsOfObject(object: ManifestObject): Labels {
  return labelsOf(metadataOf(object).labels);
}

export function annotationsOfObject(object: ManifestObject): Labels {
  return labelsOf(metadataOf(object).annotations);
}

export function groupOf({ apiVersion }: Pick<ManifestObject, 'apiVersion'>): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? CORE : apiVersion.slice(0, slash);
}

/** `group/Kind`, whatever the version. */
export function groupKindOf(object: Pick<ManifestObject, 'apiVersion' | 'kind'>): string {
  return `${groupOf(object)}/${object.kind}`;
}

/** Where kubectl puts an object that names no namespace. */
export function namespaceOf(object: Pick<ManifestObject, 'namespaceName'>): string {
  return object.namespaceName ?? DEFAULT_NAMESPACE;
}

/** `namespace/name`. */
export function keyOf(object: Pick<ManifestObject, 'name' | 'namespaceName'>): string {
  return `${namespaceOf(object)}/${object.name}`;
}

/** How a decision names an object: `AuthorizationPolicy shop/cart`. */
export function titleOf(object: Pick<ManifestObject, 'kind' | 'name' | 'namespaceName'>): string {
  return `${object.kind} ${keyOf(object)}`;
}

/** The same as its manifest says it: one without a namespace is named without. */
export function nameOf(object: Pick<ManifestObject, 'kind' | 'name' | 'namespaceName'>): string {
  return object.namespaceName === undefined ? `${object.kind} ${object.name}` : titleOf(object);
}

/** A Kubernetes object as the API server would receive it. The oracle reads nothing else: no construct, no model, no plane. */
export interface Manifest<Spec = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: Spec;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

export type Labels = Readonly<Record<string, string>>;

/** A group and kind; the version is not looked at, for one object never exists in two. */
export type GroupKind = `${string}/${string}`;

export const groupOf = (object: Manifest): string => (object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '');

/** All objects of `group/Kind` (`/Service` for the core group), sorted by namespace and name as Istio breaks ties between equals. */
export function ofKind<Spec>(objects: readonly Manifest[], groupKind: GroupKind): Manifest<Spec>[] {
  const found = objects.filter((object) => `${groupOf(object)}/${object.kind}` === groupKind) as Manifest<Spec>[];
  return found.sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

/** `namespace/name`; objects without a namespace live in `default`, as with kubectl. */
export const keyOf = (object: Manifest): string => `${namespaceOf(object)}/${object.metadata.name}`;

export const namespaceOf = (object: Manifest): string => object.metadata.namespace ?? 'default';

/** How a decision names an object: `AuthorizationPolicy shop/cart`. */
export const titleOf = (object: Manifest): string => `${object.kind} ${keyOf(object)}`;

/** Order by code unit, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Around } from './around';
import type { KubernetesManifest } from './kubernetes-object';

/** An object of the tree with what it is rendered to. */
export interface Rendered {
  readonly object: ApiObject;
  readonly manifest: KubernetesManifest;
}

/** An object in its place. */
export interface Ordered extends Rendered {
  /** What it comes after. */
  readonly needs: readonly Rendered[];
  /** Something comes after it that needs it ready, and not only there. */
  readonly isAwaited: boolean;
}

/** Objects in an order in which each comes after what it needs, with what that is. */
export function ordered(all: readonly Rendered[], root: IConstruct): Ordered[] {
  const declared = declaredNeeds(all, root);
  const index = new Map(all.map((one) => [keyOf(one.manifest), one]));
  const around = new Around(all);
  const done = new Map<Rendered, readonly Rendered[]>();
  const open = new Set<Rendered>();
  const visit = (one: Rendered): void => {
    if (done.has(one) || open.has(one)) return;
    open.add(one);
    const implied = [...impliedNeeds(one.manifest, index), ...openedBefore(one.manifest, index), ...closedAndThere(one.manifest, around)];
    const needs = [...(declared.get(one) ?? []), ...implied].filter((need) => need !== one && !open.has(need));
    needs.forEach(visit);
    done.set(one, [...new Set(needs)]);
    open.delete(one);
  };
  all.forEach(visit);
  const awaited = new Set([...[...declared.values()].flat(), ...all.flatMap(({ manifest }) => newcomers(manifest, around))]);
  return [...done].map(([one, needs]) => ({ ...one, needs, isAwaited: awaited.has(one) }));
}

/** What the tree says: everything below a construct comes after everything below those that it depends on. */
function declaredNeeds(all: readonly Rendered[], root: IConstruct): Map<Rendered, Rendered[]> {
  const byObject = new Map(all.map((one) => [one.object as IConstruct, one]));
  const below = (construct: IConstruct): Rendered[] => construct.node.findAll().flatMap((leaf) => byObject.get(leaf) ?? []);
  const needs = new Map<Rendered, Rendered[]>();
  for (const construct of root.node.findAll()) {
    const wanted = construct.node.dependencies.flatMap(below);
    if (wanted.length === 0) continue;
    for (const one of below(construct)) needs.set(one, [...(needs.get(one) ?? []), ...wanted]);
  }
  return needs;
}

/** What an object names: its namespace, its account, and what its routes are about. */
function impliedNeeds({ metadata, spec }: KubernetesManifest, index: ReadonlyMap<string, Rendered>): Rendered[] {
  const own = metadata.namespace;
  const named = (kind: string, name: unknown, namespace: unknown = own) => index.get(`${kind} ${namespace ?? ''}/${name}`) ?? [];
  const refs = [...(spec?.parentRefs ?? []), ...backendsOf(spec)];
  return [
    named('Namespace', own, ''),
    named('ServiceAccount', spec?.template?.spec?.serviceAccountName),
    refs.map(({ kind = 'Service', name, namespace }) => named(kind, name, namespace)),
  ].flat(2);
}

/** On the way to a closed namespace, what lets in some comes after what still lets everything through: alone it would refuse the rest. */
function openedBefore({ kind, metadata }: KubernetesManifest, index: ReadonlyMap<string, Rendered>): Rendered[] {
  const names: Readonly<Record<string, string>> = { AuthorizationPolicy: 'deny-all', NetworkPolicy: 'default-deny' };
  const opening = kind in names ? index.get(`${kind} ${metadata.namespace ?? ''}/${names[kind]}`) : undefined;
  const { rules, ingress } = opening?.manifest.spec ?? {};
  return opening && (rules ?? ingress) ? [opening] : [];
}

/** Pods and gateways come after what closes them, whatever that is attached to; routes after the pods that they send to, and how their hosts are treated. */
function closedAndThere(manifest: KubernetesManifest, around: Around): Rendered[] {
  if (!isRoute(manifest)) return around.guardsOf(manifest);
  const { metadata, spec } = manifest;
  const hosts = [...hostsOf(spec), ...backendsOf(spec).map(({ name, namespace }) => `${name}.${namespace ?? metadata.namespace}.svc.`)];
  const rules = [...new Set(hosts)].flatMap((host) => around.rulesOf(host));
  return [...rules, ...servicesOf(manifest).flatMap((service) => around.podsBehind(...service))];
}

/** Where a route sends some requests here and some there, the pods that came beside: a version gets its share once it can serve it. */
function newcomers(manifest: KubernetesManifest, around: Around): Rendered[] {
  if (!isRoute(manifest)) return [];
  const services = servicesOf(manifest);
  const isChoice = new Set(services.flatMap((service) => around.podsBehind(...service))).size > 1;
  return isChoice ? services.flatMap((service) => around.podsBeside(...service)) : [];
}

/** Namespace and name of each Service that a route sends to. */
function servicesOf({ metadata, spec }: KubernetesManifest): Array<[string, string]> {
  const backends = backendsOf(spec).map(({ name, namespace }) => [name, namespace]);
  const hosts = hostsOf(spec).map((host) => host.split('.'));
  return [...backends, ...hosts].map(([name, namespace = metadata.namespace ?? '']) => [namespace, name!]);
}

interface Reference {
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

const isRoute = ({ kind }: KubernetesManifest): boolean => ['VirtualService', 'HTTPRoute', 'TCPRoute'].includes(kind);

const backendsOf = (spec: any): Reference[] =>
  (spec?.rules ?? []).flatMap((rule: any) => [
    ...(rule?.backendRefs ?? []),
    ...(rule?.filters ?? []).flatMap((filter: any) => filter.requestMirror?.backendRef ?? []),
  ]);

const hostsOf = (spec: any): string[] =>
  [spec?.http, spec?.tcp]
    .flatMap((routes) => (Array.isArray(routes) ? routes : []))
    .flatMap(({ route = [], mirrors = [] }) => [...route, ...mirrors].map(({ destination }: any) => destination.host));

const keyOf = ({ kind, metadata }: KubernetesManifest): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

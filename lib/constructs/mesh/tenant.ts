import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { MeshGraph } from '../../graph/mesh-graph';
import { renderTenancyBinding, renderTenancyPolicy } from '../../render/policies/tenancy/tenancy-policy';
import { requireBlock } from '../../support/addresses';
import { requireExposedHost } from '../../support/bounds/exposed-host';
import { CallSite } from '../../support/call-site';
import { markKind } from '../../support/marker';
import { MeshError } from '../../support/mesh-error';
import { requireName, requireNamespaceName } from '../../support/object-names';
import { BOOLEAN, listOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireOptions } from '../../support/options/require-options';
import { freeScope } from '../tree/free-scope';
import { joinApp } from '../tree/join-app';
import { makeObject, type ObjectClass } from '../tree/make-object';
import { objectsOf } from '../tree/objects-of';

/** What a team has in the cluster. */
export interface TenantProps {
  /** Names of its namespaces, whoever makes them. It may speak for their Services. */
  readonly namespaces: string[];

  /**
   * Hosts that it may speak for besides its Services: names under which clients outside know it, and names of services outside that it calls. `*.shop.example.com` is
   * for all below a name.
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * Gateways of others that its routes may attach to, as `namespace/name`. Those of its own namespaces need no word.
   * @default - none
   */
  readonly gateways?: string[];

  /**
   * Addresses outside the cluster, or blocks of them, that its ServiceEntries, WorkloadEntries and Services may name.
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Whether the API server refuses objects that break this, whoever writes them: Helm, kubectl, another program.
   * @default false
   */
  readonly admission?: boolean;
}

/**
 * A team that shares the cluster with others. Whatever stands in its namespaces may speak for its own hosts, use its own gateways and name its own addresses, and not those of
 * anybody else: MESH131 to MESH133 stop synth.
 *
 * Expands, with `admission`, into a ValidatingAdmissionPolicy and its ValidatingAdmissionPolicyBinding, `tenancy-<id>`; else into nothing, and holds for this program alone.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#cross-namespace-configuration
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @example
 * import { Tenant } from 'istio-constructs';
 *
 * new Tenant(chart, 'buyers', {
 *   namespaces: ['shop', 'search'],
 *   hosts: ['shop.example.com', '*.search.example.com'],
 *   gateways: ['ingress/edge'],
 *   admission: true,
 * });
 */
export class Tenant extends Construct {
  /** Names of its namespaces. */
  public readonly namespaceNames: string[];
  /** The ValidatingAdmissionPolicy, with `admission`. */
  public readonly admissionPolicy?: ApiObject;
  /** The ValidatingAdmissionPolicyBinding, with `admission`. */
  public readonly admissionBinding?: ApiObject;

  /**
   * Declares the tenant.
   * @param scope Where to declare it
   * @param id Id of the construct, and the tenant's name
   * @param props What it has
   */
  public constructor(scope: Construct, id: string, props: TenantProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'Tenant');
    const graph = joinApp(this);
    requireOptions(this, props, TENANT_PROPS);
    const { clusterDomain } = graph.useSettings();
    this.namespaceNames = requireNamespaces(this, graph, props.namespaces);
    const tenant = {
      name: requireName(this, 'tenant name', id, 55),
      namespaces: this.namespaceNames,
      hosts: (props.hosts ?? []).map((host) => requireExposedHost(this, host)),
      gateways: (props.gateways ?? []).map((gateway) => requireGateway(this, gateway)),
      addresses: (props.addresses ?? []).map((address) => requireBlock(this, 'address', address)),
      path: this.node.path,
      site: CallSite.here(),
    };
    graph.addTenant(tenant);

    if (!props.admission) return;
    const name = `tenancy-${id}`;
    this.admissionPolicy = makeObject(this, 'Resource', POLICY, { name }, renderTenancyPolicy(tenant, clusterDomain));
    this.admissionBinding = makeObject(this, 'Binding', BINDING, { name }, renderTenancyBinding(tenant, name));
    this.admissionBinding.addDependency(this.admissionPolicy);
  }

  /** Its objects: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

const TENANT_PROPS = struct<TenantProps>({
  namespaces: listOf(TEXT),
  hosts: optional(listOf(TEXT)),
  gateways: optional(listOf(TEXT)),
  addresses: optional(listOf(TEXT)),
  admission: optional(BOOLEAN),
});

const POLICY = admissionClass('ValidatingAdmissionPolicy');
const BINDING = admissionClass('ValidatingAdmissionPolicyBinding');

// No generated class of Kubernetes has them in the version that Kubernetes serves today.
function admissionClass(kind: string): ObjectClass<object> {
  return { GVK: { apiVersion: 'admissionregistration.k8s.io/v1', kind }, manifest: () => undefined };
}

function requireNamespaces(at: Construct, graph: MeshGraph, names: string[]): string[] {
  if (names.length === 0) {
    throw new MeshError({ code: 'MESH867', at, what: 'a tenant has a namespace', got: 'none', fix: 'name its namespaces' });
  }
  const root = graph.settings.rootNamespace;
  for (const name of names) {
    const other = graph.tenants.find(({ namespaces }) => namespaces.includes(name));
    if (other) {
      throw new MeshError({
        code: 'MESH868',
        at,
        what: 'a namespace is of one tenant',
        got: `${name}, which is of ${other.name} already`,
        fix: 'leave it to one of them',
      });
    }
    if (name === root) {
      throw new MeshError({
        code: 'MESH869',
        at,
        what: 'what holds for the whole mesh is of no tenant',
        got: `${name}, the root namespace`,
        fix: 'leave it to whoever runs the mesh',
      });
    }
  }
  return names.map((name) => requireNamespaceName(at, name));
}

function requireGateway(at: Construct, gateway: string): string {
  const [namespace, name, ...rest] = gateway.split('/');
  if (namespace && name && rest.length === 0) return `${requireNamespaceName(at, namespace)}/${requireName(at, 'gateway name', name)}`;
  throw new MeshError({
    code: 'MESH870',
    at,
    what: 'a gateway of others is written with its namespace',
    got: gateway,
    fix: 'write for example ingress/edge',
  });
}

import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as security from '../../../imports/security.istio.io';
import { MeshRegistry } from '../../graph/mesh-registry';
import type { HomeState } from '../../graph/namespace-state';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { planeOf } from '../../planes/plane-of';
import { renderInfrastructure } from '../../render/network/infrastructure-policy';
import { renderNetworkPolicy } from '../../render/network/network-policy';
import { objectsOf } from '../tree/objects-of';
import { markKind } from '../../support/marker';
import { freeScope } from '../tree/free-scope';
import type { DataPlane } from '../../values/mesh/data-plane';
import { Infrastructure } from '../../values/mesh/infrastructure';
import { MTls } from '../../values/mesh/mtls';
import type { IMeshNamespace } from './i-mesh-namespace';
import { makeObject } from '../tree/make-object';
import { lazy } from '../tree/lazy';
import { declareNamespace } from './declare-namespace';

/** A namespace in which nothing is open unless a call says so. */
export interface ZeroTrustNamespaceProps {
  /** How pods of this namespace join the mesh. */
  readonly dataPlane: DataPlane;

  /**
   * Name of the Namespace.
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * More labels of the Namespace.
   * @default - only those that the data plane needs
   */
  readonly labels?: { [key: string]: string };

  /**
   * What its pods exchange packets with besides their calls: DNS, Prometheus, istiod.
   * @default - Infrastructure.of(): the peers of most clusters
   */
  readonly infrastructure?: Infrastructure;
}

/**
 * A namespace that refuses everything but the calls which the program declares, in both layers.
 *
 * Expands into a Namespace with the labels of its data plane; a PeerAuthentication STRICT; the AuthorizationPolicy `deny-all` and, where
 * there is a waypoint, `waypoint-deny-all`; the NetworkPolicies `default-deny` and `infrastructure`. Each workload's proxy is told only
 * what it calls (sidecar mode).
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/
 */
export class ZeroTrustNamespace extends Construct implements IMeshNamespace {
  /** Its name in the cluster. */
  public readonly namespaceName: string;
  /** How its pods join the mesh. */
  public readonly dataPlane: DataPlane;
  /** The Namespace object. */
  public readonly resource: ApiObject;

  /**
   * Declares the namespace.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the Namespace unless `name` is set
   * @param props How it joins the mesh
   */
  public constructor(scope: Construct, id: string, props: ZeroTrustNamespaceProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ZeroTrustNamespace');

    this.namespaceName = props.name ?? id;
    this.dataPlane = props.dataPlane;
    const infrastructure = (props.infrastructure ?? Infrastructure.of())._facts;
    const { home, resource } = declareNamespace(this, {
      name: this.namespaceName,
      dataPlane: this.dataPlane,
      labels: props.labels ?? {},
      mtls: MTls.STRICT,
      zeroTrust: true,
      infrastructure,
    });
    this.resource = resource;

    closeNamespace(this, home, infrastructure);
  }

  /** Every object that it has made so far, to be patched where its own props have no words; a call, a release or a route may add more. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

function closeNamespace(scope: Construct, home: HomeState, infrastructure: InfrastructureFacts): void {
  const registry = MeshRegistry.of(scope);
  const metadata = (name: string) => ({ name, namespace: home.name });
  makeObject(scope, 'DenyAll', security.AuthorizationPolicy, metadata('deny-all'), {});
  makeObject(scope, 'DefaultDeny', k8s.KubeNetworkPolicy, metadata('default-deny'), {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const needs = lazy(() => renderNetworkPolicy({}, renderInfrastructure(infrastructure, planeOf(home), probedPorts(registry, home))));
  makeObject(scope, 'Infrastructure', k8s.KubeNetworkPolicy, metadata('infrastructure'), needs);
}

function probedPorts(registry: MeshRegistry, home: HomeState): number[] {
  const services = registry.partiesIn(home.name).filter((party) => party.kind === 'service' && party.owned);
  return services.flatMap((party) => [...party.ports.map((port) => port.targetPort), ...(party.probePorts ?? [])]);
}

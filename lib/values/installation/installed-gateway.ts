import type { InstalledGatewayFacts } from '../../model/installation/installation';
import { requireName, requireNamespaceName } from '../../support/object-names';
import { made, oneOf, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { GatewayServiceType } from '../edge/gateway-service';
import { PROXY_PODS, type ProxyPods, proxyPodsOf } from '../workload/proxy-pods';

/** What may differ of a gateway that comes with Istio. */
export interface InstalledGatewayOptions {
  /**
   * Namespace of its release.
   * @default - that of istiod
   */
  readonly namespaceName?: string;

  /**
   * Its pods.
   * @default - as the chart has them; two to five with InstallationProfile.PRODUCTION
   */
  readonly pods?: ProxyPods;

  /**
   * The kind of its Service.
   * @default - as the chart has it: a load balancer for an ingress gateway
   */
  readonly serviceType?: GatewayServiceType;
}

const INSTALLED_GATEWAY_OPTIONS = struct<InstalledGatewayOptions>({
  namespaceName: optional(TEXT),
  pods: optional(PROXY_PODS),
  serviceType: optional(oneOf('GatewayServiceType', GatewayServiceType)),
});

/**
 * A gateway that is installed with Istio, by Helm's chart `gateway`. An IngressGateway of a program needs none: Istio makes its pods.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 * @example
 * import { InstalledGateway, IstioInstallation } from 'istio-constructs';
 *
 * new IstioInstallation(chart, 'istio', { gateways: [InstalledGateway.ingress('istio-ingressgateway', { namespaceName: 'istio-ingress' })] });
 */
export class InstalledGateway {
  /**
   * A gateway for traffic that comes in. `IstioGatewayPods.helmRelease` finds it by the same name.
   * @param name Name of its release
   * @param options What differs
   */
  public static ingress(name: string, options: InstalledGatewayOptions = {}): InstalledGateway {
    return new InstalledGateway('ingress', name, options);
  }

  /**
   * A gateway for traffic that goes out, within the cluster alone.
   * @param name Name of its release
   * @param options What differs
   */
  public static egress(name: string, options: InstalledGatewayOptions = {}): InstalledGateway {
    return new InstalledGateway('egress', name, options);
  }

  /**
   * A gateway between the clusters of a mesh: for pods of other networks, whose network it takes from `cluster` of the `Mesh`, and for clusters without an istiod of their own.
   * With ztunnel alone there is no need of one: an east-west gateway of the Gateway API is a Gateway, and Istio makes its pods.
   * @param name Name of its release; `istio-eastwestgateway`, as in Istio's guides, where none is said
   * @param options What differs
   */
  public static eastWest(name: string = 'istio-eastwestgateway', options: InstalledGatewayOptions = {}): InstalledGateway {
    return new InstalledGateway('east-west', name, options);
  }

  /** @internal */
  public readonly _facts: InstalledGatewayFacts;

  private constructor(way: InstalledGatewayFacts['way'], name: string, options: InstalledGatewayOptions) {
    const at = 'InstalledGateway';
    requireArguments(at, { name }, { name: TEXT });
    requireOptions(at, options, INSTALLED_GATEWAY_OPTIONS);
    const { namespaceName, pods = {}, serviceType = way === 'egress' ? GatewayServiceType.CLUSTER_IP : undefined } = options;
    this._facts = Object.freeze({
      name: requireName(at, 'name of a release', name),
      way,
      namespaceName: namespaceName === undefined ? undefined : requireNamespaceName(at, namespaceName),
      pods: proxyPodsOf(at, pods),
      serviceType,
    });
  }
}

export const INSTALLED_GATEWAY = made(InstalledGateway, 'InstalledGateway', "InstalledGateway.ingress('istio-ingressgateway')");

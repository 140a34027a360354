import type { IstioPodsFacts } from '../../model/edge/istio-gateway';
import { MeshError } from '../../support/mesh-error';
import { requireAccountName, requireName, requireNamespaceName } from '../../support/object-names';
import { made, mapOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';

/** Where a release of Helm's chart `gateway` is. */
export interface HelmGatewayPlace {
  /**
   * Namespace of the release.
   * @default - that of the gateway
   */
  readonly namespaceName?: string;

  /**
   * Ports of the pods by those of the Service, where they are other numbers: `{ '443': 8443 }`.
   * @default - the same numbers, as the chart has them
   */
  readonly targetPorts?: { [key: string]: number };
}

/** What is known of the pods of a gateway that somebody else installed. */
export interface InstalledGatewayPods extends HelmGatewayPlace {
  /** Labels by which Gateways of Istio find them. */
  readonly podLabels: { [key: string]: string };

  /** ServiceAccount that they run under: their identity in the mesh. */
  readonly serviceAccountName: string;
}

const PLACE = { namespaceName: optional(TEXT), targetPorts: optional(mapOf(NUMBER)) } as const;
const HELM_GATEWAY_PLACE = struct<HelmGatewayPlace>(PLACE);
const INSTALLED_GATEWAY_PODS = struct<InstalledGatewayPods>({ ...PLACE, podLabels: mapOf(TEXT), serviceAccountName: TEXT });

/**
 * Pods of a gateway that somebody else installed, with Helm's chart `gateway` or by hand. An `IngressGateway` on them speaks Istio's own API in place of the
 * Gateway API: Gateways, and VirtualServices for what is exposed.
 *
 * Expands into the selector of those Gateways, into the identity that services let in, and into the peers of NetworkPolicies.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 * @example
 * import { IngressGateway, IstioGatewayPods } from 'istio-constructs';
 *
 * new IngressGateway(edge, 'front', { tlsSecret: 'front-cert', istioPods: IstioGatewayPods.helmRelease('istio-ingressgateway') });
 */
export class IstioGatewayPods {
  /**
   * Pods of a release of Helm's chart `gateway`, with the labels and the account that the chart gives them.
   * @param release Name of the release
   * @param place Where it is
   */
  public static helmRelease(release: string, place: HelmGatewayPlace = {}): IstioGatewayPods {
    requireArguments('IstioGatewayPods', { release }, { release: TEXT });
    requireOptions('IstioGatewayPods', place, HELM_GATEWAY_PLACE);
    const serviceAccountName = requireName('IstioGatewayPods', 'name of a release', release);
    return new IstioGatewayPods(
      factsOf({ ...place, serviceAccountName, podLabels: { app: release, istio: release.replace(/^istio-/, '') } }),
    );
  }

  /**
   * Pods that were installed in any other way.
   * @param pods What is known of them
   */
  public static of(pods: InstalledGatewayPods): IstioGatewayPods {
    requireOptions('IstioGatewayPods', pods, INSTALLED_GATEWAY_PODS);
    return new IstioGatewayPods(factsOf(pods));
  }

  /** @internal */
  public readonly _facts: IstioPodsFacts;

  private constructor(facts: IstioPodsFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const ISTIO_GATEWAY_PODS = made(IstioGatewayPods, 'IstioGatewayPods', "IstioGatewayPods.helmRelease('istio-ingressgateway')");

function factsOf({ podLabels, serviceAccountName, namespaceName, targetPorts = {} }: InstalledGatewayPods): IstioPodsFacts {
  if (Object.keys(podLabels).length === 0) refuseNoLabels();
  const ports = Object.entries(targetPorts).map(([port, target]): [string, number] => [
    String(requirePort('IstioGatewayPods', 'targetPorts', Number(port))),
    requirePort('IstioGatewayPods', `target of port ${port}`, target),
  ]);
  return {
    podLabels: Object.freeze({ ...podLabels }),
    serviceAccountName: requireAccountName('IstioGatewayPods', serviceAccountName),
    namespaceName: namespaceName === undefined ? undefined : requireNamespaceName('IstioGatewayPods', namespaceName),
    targetPorts: Object.freeze(Object.fromEntries(ports)),
  };
}

function refuseNoLabels(): never {
  throw new MeshError({
    code: 'MESH825',
    at: 'IstioGatewayPods',
    what: 'a Gateway of Istio without labels would open its ports on every gateway of the cluster',
    got: 'no podLabels',
    fix: 'name the labels of the pods, for example { istio: ingressgateway }',
  });
}

import type { DnsFacts } from '../../model/infrastructure-facts';
import { requireCidr } from '../../support/addresses';
import { requireNamespaceName } from '../../support/object-names';
import { made, mapOf, NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';

/** Where the pods of a DNS server are. */
export interface DnsPeerProps {
  /** Namespace of its pods. */
  readonly namespaceName: string;
  /** Labels of its pods. */
  readonly podLabels: { [key: string]: string };
  /**
   * Port of its pods.
   * @default 53
   */
  readonly port?: number;
}

/**
 * A DNS server that every pod may ask.
 *
 * Expands into an egress rule of the NetworkPolicy `infrastructure`, for UDP and TCP.
 *
 * @example
 * import { DataPlane, DnsPeer, Infrastructure, ZeroTrustNamespace } from 'istio-constructs';
 *
 * new ZeroTrustNamespace(chart, 'search', {
 *   dataPlane: DataPlane.sidecar(),
 *   infrastructure: Infrastructure.of({ dns: [DnsPeer.openShift()] }),
 * });
 */
export class DnsPeer {
  /** CoreDNS or kube-dns as clusters come with it: pods labelled `k8s-app: kube-dns` in kube-system. */
  public static kubeDns(): DnsPeer {
    return new DnsPeer({ namespaceName: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 });
  }

  /**
   * NodeLocal DNSCache, which answers on an address of the node.
   * @param cidr Its address
   */
  public static nodeLocal(cidr: string = '169.254.20.10/32'): DnsPeer {
    requireArguments('DnsPeer', { cidr }, { cidr: passedOn(TEXT) });
    return new DnsPeer({ cidr: requireCidr('DnsPeer', 'the address of a DNS server', cidr), port: 53 });
  }

  /** OpenShift's DNS, whose pods listen on port 5353. */
  public static openShift(): DnsPeer {
    return new DnsPeer({ namespaceName: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 });
  }

  /**
   * A DNS server of your own.
   * @param props Where its pods are
   */
  public static of(props: DnsPeerProps): DnsPeer {
    requireOptions('DnsPeer', props, DNS_PEER_PROPS);
    return new DnsPeer({
      namespaceName: requireNamespaceName('DnsPeer', props.namespaceName),
      podLabels: { ...props.podLabels },
      port: requirePort('DnsPeer', 'port', props.port ?? 53),
    });
  }

  /** @internal */
  public readonly _facts: DnsFacts;

  private constructor(facts: DnsFacts) {
    this._facts = Object.freeze(facts);
  }
}

const DNS_PEER_PROPS = struct<DnsPeerProps>({ namespaceName: TEXT, podLabels: mapOf(TEXT), port: optional(NUMBER) });

export const DNS_PEER = made(DnsPeer, 'DnsPeer', 'DnsPeer.kubeDns()', DNS_PEER_PROPS);

import type { Duration } from 'cdk8s';
import type { CertificateFacts } from '../../model/edge/listener';
import { optionalMilliseconds } from '../../support/bounds/milliseconds';
import { requireDottedName, requireNamespaceName } from '../../support/object-names';
import { made, optional, passedOn, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { timespan } from '../../support/options/timespan';

/** Where a Secret is. */
export interface SecretPlace {
  /**
   * Namespace of the Secret. In another one than the gateway's a ReferenceGrant is made there, for this Secret alone.
   * @default - that of the gateway
   */
  readonly namespaceName?: string;
}

/** Who signs a certificate, and for how long. */
export interface CertificateIssuer {
  /** Name of the issuer of cert-manager. */
  readonly issuer: string;

  /**
   * Kind of the issuer: `ClusterIssuer`, `Issuer`, or that of another program.
   * @default ClusterIssuer
   */
  readonly kind?: string;

  /**
   * API group of the issuer.
   * @default cert-manager.io
   */
  readonly group?: string;

  /**
   * How long a certificate is valid.
   * @default - 90 days, as cert-manager has it
   */
  readonly duration?: Duration;

  /**
   * How long before its end a new one is made.
   * @default - a third of the time before, as cert-manager has it
   */
  readonly renewBefore?: Duration;
}

const SECRET_PLACE = struct<SecretPlace>({ namespaceName: optional(TEXT) });

const CERTIFICATE_ISSUER = struct<CertificateIssuer>({
  issuer: passedOn(TEXT),
  kind: optional(TEXT),
  group: optional(TEXT),
  duration: optional(timespan<Duration>()),
  renewBefore: optional(timespan<Duration>()),
});

/**
 * A certificate by which a gateway proves to its clients who it is.
 *
 * Expands into the certificateRefs of a listener; with a Secret of another namespace into a ReferenceGrant there, and with an issuer into a Certificate of
 * cert-manager, which makes the Secret.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/tls/
 * @example
 * import { GatewayCertificate, GatewayListener, IngressGateway } from 'istio-constructs';
 *
 * new IngressGateway(edge, 'front', {
 *   listeners: [
 *     GatewayListener.https({ hosts: ['shop.example.com'], certificate: GatewayCertificate.secret('shop-cert') }),
 *     GatewayListener.https({ hosts: ['pay.example.com'], certificate: GatewayCertificate.secret('pay-cert', { namespaceName: 'certificates' }) }),
 *     GatewayListener.https({ hosts: ['help.example.com'], certificate: GatewayCertificate.issuedBy({ issuer: 'letsencrypt' }) }),
 *   ],
 * });
 */
export class GatewayCertificate {
  /**
   * A certificate that is there: a Secret of type `kubernetes.io/tls`.
   * @param name Name of the Secret
   * @param place Where it is
   */
  public static secret(name: string, place: SecretPlace = {}): GatewayCertificate {
    requireArguments('GatewayCertificate', { name }, { name: passedOn(TEXT) });
    requireOptions('GatewayCertificate', place, SECRET_PLACE);
    const { namespaceName } = place;
    return new GatewayCertificate({
      secretName: requireDottedName('GatewayCertificate', 'name of a Secret', name),
      namespaceName: namespaceName === undefined ? undefined : requireNamespaceName('GatewayCertificate', namespaceName),
    });
  }

  /**
   * A certificate that cert-manager makes and renews, for the hosts of its listener. The Secret gets the name of the gateway and the listener.
   * @param issuer Who signs it
   */
  public static issuedBy(issuer: CertificateIssuer): GatewayCertificate {
    requireOptions('GatewayCertificate', issuer, CERTIFICATE_ISSUER);
    const { issuer: name, kind = 'ClusterIssuer', group = 'cert-manager.io', duration, renewBefore } = issuer;
    return new GatewayCertificate({
      issuer: Object.freeze({
        name: requireDottedName('GatewayCertificate', 'name of an issuer', name),
        kind,
        group,
        durationMs: optionalMilliseconds('GatewayCertificate', 'duration', duration),
        renewBeforeMs: optionalMilliseconds('GatewayCertificate', 'renewBefore', renewBefore),
      }),
    });
  }

  /** @internal */
  public readonly _facts: CertificateFacts;

  private constructor(facts: CertificateFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const GATEWAY_CERTIFICATE = made(GatewayCertificate, 'GatewayCertificate', "GatewayCertificate.secret('shop-cert')");

import type { OriginationFacts } from '../../model/outside/origination';
import { MeshError } from '../../support/mesh-error';
import { NUMBER, optional, passedOn, struct, TEXT } from '../../support/options/kind';

/** How a proxy begins TLS for an application that speaks plain HTTP. */
export interface TlsOriginationOptions {
  /**
   * Port that the application calls, in plain HTTP.
   * @default 80
   */
  readonly port?: number;

  /**
   * Port of the host, which speaks TLS.
   * @default 443
   */
  readonly targetPort?: number;

  /**
   * Server name that is asked for, and that the host's certificate has to carry.
   * @default - the host
   */
  readonly sni?: string;

  /**
   * File in the proxy with the authorities that may have signed the host's certificate.
   * @default - those of the proxy's image
   */
  readonly caCertificates?: string;

  /**
   * File in the sidecar with the certificate that is shown to the host, together with `privateKey`. The pods of callers have to mount it into their
   * proxies (annotations `sidecar.istio.io/userVolume` and `userVolumeMount`).
   * @default - none is shown
   */
  readonly clientCertificate?: string;

  /**
   * File in the sidecar with the key of `clientCertificate`.
   * @default - none
   */
  readonly privateKey?: string;
}

export const TLS_ORIGINATION_OPTIONS = struct<TlsOriginationOptions>({
  port: optional(NUMBER),
  targetPort: optional(NUMBER),
  sni: optional(passedOn(TEXT)),
  caCertificates: optional(passedOn(TEXT)),
  clientCertificate: optional(passedOn(TEXT)),
  privateKey: optional(passedOn(TEXT)),
});

/** What is said of the TLS itself; a certificate without its key is none. */
export function originationOf({ sni, caCertificates, clientCertificate, privateKey }: TlsOriginationOptions): OriginationFacts {
  if ((clientCertificate === undefined) !== (privateKey === undefined)) {
    throw new MeshError({
      code: 'MESH786',
      at: 'ExternalPort',
      what: 'a certificate is shown together with its key',
      got: clientCertificate === undefined ? 'privateKey alone' : 'clientCertificate alone',
      fix: 'set both clientCertificate and privateKey, or neither',
    });
  }
  return Object.freeze({ sni, caCertificates, clientCertificate, privateKey });
}

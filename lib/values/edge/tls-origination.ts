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

  /**
   * Secret beside the egress gateway, in both data planes, with the certificate that is shown to the host (`tls.crt`, `tls.key`) and the authorities that may have
   * signed the host's own (`ca.crt`). The gateway's account may then list the Secrets of its namespace; for a host that is declared `through` one.
   * @default - none
   */
  readonly credentialName?: string;
}

export const TLS_ORIGINATION_OPTIONS = struct<TlsOriginationOptions>({
  port: optional(NUMBER),
  targetPort: optional(NUMBER),
  sni: optional(passedOn(TEXT)),
  caCertificates: optional(passedOn(TEXT)),
  clientCertificate: optional(passedOn(TEXT)),
  privateKey: optional(passedOn(TEXT)),
  credentialName: optional(passedOn(TEXT)),
});

/** What is said of the TLS itself; a certificate without its key is none. */
export function originationOf(options: TlsOriginationOptions): OriginationFacts {
  const { sni, caCertificates, clientCertificate, privateKey, credentialName } = options;
  if (credentialName !== undefined) requireNoFiles(options);
  if ((clientCertificate === undefined) !== (privateKey === undefined)) {
    throw new MeshError({
      code: 'MESH786',
      at: 'ExternalPort',
      what: 'a certificate is shown together with its key',
      got: clientCertificate === undefined ? 'privateKey alone' : 'clientCertificate alone',
      fix: 'set both clientCertificate and privateKey, or neither',
    });
  }
  return Object.freeze({ sni, caCertificates, clientCertificate, privateKey, credentialName });
}

function requireNoFiles({ caCertificates, clientCertificate, privateKey }: TlsOriginationOptions): void {
  const [file] = Object.entries({ caCertificates, clientCertificate, privateKey }).filter(([, value]) => value !== undefined);
  if (!file) return;
  throw new MeshError({
    code: 'MESH815',
    at: 'ExternalPort',
    what: 'certificates come from a Secret or from files',
    got: `credentialName and ${file[0]}`,
    fix: 'put all of them into the Secret: tls.crt, tls.key and ca.crt',
  });
}

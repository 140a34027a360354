/** TLS that a proxy begins for an application which speaks HTTP. */
export interface OriginationFacts {
  /** Server name that is asked for, and that the certificate has to carry; the host when absent. */
  readonly sni?: string;
  /** File with the authorities that are believed, in the proxy; those of its image when absent. */
  readonly caCertificates?: string;
  /** Files with the certificate that is shown, and its key, in the proxy. */
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  /** Secret with the certificate that is shown, its key and the authorities. */
  readonly credentialName?: string;
}

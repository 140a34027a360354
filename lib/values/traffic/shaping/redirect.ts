import { NUMBER, oneOf, optional, passedOn, struct, TEXT } from '../../../support/options/kind';
import { PATH_REWRITE, type PathRewrite } from './path-rewrite';

/** The two ways to fetch a page. */
export enum UrlScheme {
  /** In the open. */
  HTTP = 'http',
  /** Over TLS. */
  HTTPS = 'https',
}

export const URL_SCHEME = oneOf('UrlScheme', UrlScheme);

/**
 * An answer that sends the client elsewhere; the service never sees the request. What is left out stays as it was asked for. Say at least one
 * of scheme, host, port and path.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export interface Redirect {
  /**
   * Scheme of the new address; it brings its own port along where `port` is left out.
   * @default - that of the request
   */
  readonly scheme?: UrlScheme;

  /**
   * Host name of the new address.
   * @default - that of the request
   */
  readonly host?: string;

  /**
   * Port of the new address.
   * @default - that of `scheme` where one is given, else that of the request
   */
  readonly port?: number;

  /**
   * Path of the new address.
   * @default - that of the request
   */
  readonly path?: PathRewrite;

  /**
   * Status of the answer: 301, 302, 303, 307 or 308. Browsers remember 301 and 308, and keep the method of the request at 307 and 308.
   * @default 302
   */
  readonly status?: number;
}

export const REDIRECT = struct<Redirect>({
  scheme: optional(URL_SCHEME),
  host: optional(passedOn(TEXT)),
  port: optional(passedOn(NUMBER)),
  path: optional(PATH_REWRITE),
  status: optional(NUMBER),
});

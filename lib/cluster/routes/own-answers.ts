import { type Fields, fieldsOf, isSaid, listOf, numberOf, textOf, valueAt } from '../objects/fields';

/** What a route has its proxy answer by itself. */
export interface OwnAnswer {
  readonly status: number;
  /** Undefined where nobody is sent elsewhere. */
  readonly redirect?: WrittenRedirect;
}

/** Where a redirect leads; what it leaves out stays as it was asked for. */
export interface WrittenRedirect {
  readonly scheme?: string;
  readonly host?: string;
  /** `request` is the port at which requests come in, `scheme` the one that the scheme brings along. */
  readonly port?: number | 'request' | 'scheme';
  readonly path?: string;
  /** For the part of the path that the route names; `path` goes first. */
  readonly prefix?: string;
}

/** `redirect` and `directResponse` of a route of a VirtualService. */
export function virtualAnswer({ redirect, directResponse }: Fields): OwnAnswer | undefined {
  if (isSaid(directResponse)) return { status: numberOf(valueAt(directResponse, 'status')) ?? 0 };
  if (!isSaid(redirect)) return undefined;
  const { uri, prefixRewrite, scheme, authority, port, derivePort, redirectCode } = fieldsOf(redirect);
  const derived = textOf(derivePort) === 'FROM_REQUEST_PORT' ? 'request' : 'scheme';
  return {
    status: numberOf(redirectCode) || 301,
    redirect: {
      scheme: worded(scheme),
      host: worded(authority),
      port: numberOf(port) ?? (isSaid(derivePort) ? derived : undefined),
      path: worded(prefixRewrite) === undefined ? worded(uri) : undefined,
      prefix: worded(prefixRewrite),
    },
  };
}

/** The filter `RequestRedirect` of an HTTPRoute. */
export function filterAnswer(filters: unknown): OwnAnswer | undefined {
  const said = listOf(filters).find(({ type }) => type === 'RequestRedirect')?.requestRedirect;
  if (!isSaid(said)) return undefined;
  const { scheme, hostname, port, path, statusCode } = fieldsOf(said);
  return {
    status: numberOf(statusCode) ?? 302,
    redirect: {
      scheme: worded(scheme),
      host: worded(hostname),
      port: numberOf(port) ?? (worded(scheme) === undefined ? 'request' : 'scheme'),
      path: textOf(valueAt(path, 'replaceFullPath')),
      prefix: textOf(valueAt(path, 'replacePrefixMatch')),
    },
  };
}

/** Empty text is no text to Istio. */
function worded(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

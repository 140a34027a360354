import type { HttpPart } from '../../model/http-part';
import { MeshError } from '../../support/mesh-error';
import { listOf, made, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { isPlainPath } from '../../support/request-path';

/** Which requests are meant. */
export interface HttpAccessProps {
  /**
   * HTTP methods, in capitals.
   * @default - all methods
   */
  readonly methods?: string[];

  /**
   * Paths: exact (`/cart`), by prefix (`/cart/*`), by suffix (`*.png`), or with `{*}` for one part and `{**}` for any number of parts, which no
   * refusal takes.
   * @default - all paths
   */
  readonly paths?: string[];

  /**
   * Hosts that requests name, with any port: whole (`shop.example.com`), or all below one (`*.example.com`), these without a port behind. The caller writes them: they tell
   * what it asks for, and no refusal takes them.
   * @default - all hosts
   */
  readonly hosts?: string[];
}

/**
 * Requests that a caller may send: any of the methods on any of the paths, of any of the hosts.
 *
 * Expands into one `operation` of an AuthorizationPolicy rule, enforced by whoever reads HTTP on the way: the callee's sidecar, or its waypoint.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation
 * @example
 * import { HttpAccess } from 'istio-constructs';
 *
 * cart.calls(product, {
 *   http: [
 *     HttpAccess.get('/products', '/products/*'),
 *     HttpAccess.of({ methods: ['POST', 'DELETE'], paths: ['/products/{*}/reviews'] }),
 *   ],
 * });
 */
export class HttpAccess {
  /**
   * Reading: GET on these paths. HEAD is a method of its own: `head`.
   * @param paths Paths; none for all
   */
  public static get(...paths: string[]): HttpAccess {
    return new HttpAccess(['GET'], paths);
  }

  /**
   * Sending: POST on these paths.
   * @param paths Paths; none for all
   */
  public static post(...paths: string[]): HttpAccess {
    return new HttpAccess(['POST'], paths);
  }

  /**
   * Replacing: PUT on these paths.
   * @param paths Paths; none for all
   */
  public static put(...paths: string[]): HttpAccess {
    return new HttpAccess(['PUT'], paths);
  }

  /**
   * Changing: PATCH on these paths.
   * @param paths Paths; none for all
   */
  public static patch(...paths: string[]): HttpAccess {
    return new HttpAccess(['PATCH'], paths);
  }

  /**
   * Removing: DELETE on these paths.
   * @param paths Paths; none for all
   */
  public static delete(...paths: string[]): HttpAccess {
    return new HttpAccess(['DELETE'], paths);
  }

  /**
   * Asking for headers alone: HEAD on these paths.
   * @param paths Paths; none for all
   */
  public static head(...paths: string[]): HttpAccess {
    return new HttpAccess(['HEAD'], paths);
  }

  /**
   * Asking what may be sent, as browsers do before they send to another site: OPTIONS on these paths.
   * @param paths Paths; none for all
   */
  public static options(...paths: string[]): HttpAccess {
    return new HttpAccess(['OPTIONS'], paths);
  }

  /**
   * Any method on these paths.
   * @param paths Paths; none for all
   */
  public static anyMethod(...paths: string[]): HttpAccess {
    return new HttpAccess([], paths);
  }

  /**
   * Any combination of methods, paths and hosts.
   * @param props Methods, paths and hosts
   */
  public static of(props: HttpAccessProps): HttpAccess {
    requireOptions('HttpAccess', props, HTTP_ACCESS_PROPS);
    return new HttpAccess(props.methods ?? [], props.paths ?? [], props.hosts);
  }

  /** @internal */
  public readonly _facts: HttpPart;

  private constructor(methods: string[], paths: string[], hosts: string[] = []) {
    requireArguments('HttpAccess', { methods, paths, hosts }, { methods: listOf(TEXT), paths: listOf(TEXT), hosts: listOf(TEXT) });
    methods.forEach(requireMethod);
    paths.forEach(requirePath);
    hosts.forEach(requireHost);
    this._facts = Object.freeze({
      methods: Object.freeze([...methods].sort()),
      paths: Object.freeze([...paths].sort()),
      ...(hosts.length > 0 && { hosts: Object.freeze([...hosts].sort()) }),
    });
  }
}

const HTTP_ACCESS_PROPS = struct<HttpAccessProps>({
  methods: optional(listOf(TEXT)),
  paths: optional(listOf(TEXT)),
  hosts: optional(listOf(TEXT)),
});

export const HTTP_ACCESS = made(HttpAccess, 'HttpAccess', "HttpAccess.get('/cart/*')", HTTP_ACCESS_PROPS);

function requireMethod(method: string): void {
  if (/^[A-Z]+$/.test(method)) return;
  throw new MeshError({
    code: 'MESH004',
    at: 'HttpAccess',
    what: 'an HTTP method is written in capitals',
    got: method,
    fix: 'write for example GET; leave methods out for all of them',
  });
}

function requireHost(host: string): void {
  if (/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host)) return;
  throw new MeshError({
    code: 'MESH875',
    at: 'HttpAccess',
    what: "a host is a name in small letters, without scheme, port or path, and '*' stands for its first part alone",
    got: host === '' ? 'an empty text' : host,
    fix: 'write for example shop.example.com or *.example.com',
  });
}

function requirePath(path: string): void {
  if (!(/[{}]/.test(path) ? isTemplate(path) : /^(\/[^*]*\*?|\*[^*]*)$/.test(path))) {
    throw new MeshError({
      code: 'MESH005',
      at: 'HttpAccess',
      what: "a path begins with '/' and has '*' only as its first or last character, or stands {*} for one part and, as the last of these, {**} for any number",
      got: path,
      fix: 'write for example /cart, /cart/*, /cart/{*}/items or /cart/{**}',
    });
  }
  const plain = path.replace(/\{\*\*?\}/g, 'any').replace(/^\*|\*$/g, '');
  if (isPlainPath(plain, { end: path.endsWith('*') })) return;
  throw new MeshError({
    code: 'MESH071',
    at: 'HttpAccess',
    what: 'a path is one that requests have once a proxy has put it in order: without query, fragment, empty parts, . and .., in the characters of a URL',
    got: path,
    fix: 'write it as requests carry it, for example /caf%C3%A9; no policy compares queries',
  });
}

// Istio takes an operator as a whole part of the path only, and none behind {**}.
function isTemplate(path: string): boolean {
  const parts = path.split('/');
  const operators = parts.filter((part) => /[{}*]/.test(part));
  const many = operators.indexOf('{**}');
  return (
    path.startsWith('/') && operators.every((part) => part === '{*}' || part === '{**}') && (many === -1 || many === operators.length - 1)
  );
}

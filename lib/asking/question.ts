import type { Cluster } from '../cluster/cluster';
import { requestAuthentications } from '../cluster/policies/request-authentications';
import { MeshError } from '../support/mesh-error';
import { listOf, type Kind, mapOf, optional, struct, TEXT } from '../support/options/kind';
import type { Request, Token } from '../verdict/requests/request';
import { callersNamed, targetNamed } from './names';

/** One request, about which a `Verdicts` is asked. */
export interface MeshQuestion {
  /**
   * Who sends it: a Service or a workload as `shop/cart`, or `cart` where one namespace alone has the name; a gateway as `edge/gateway`, for whoever
   * comes in through it; `pod:shop` for a pod of that namespace which the manifests do not have, `pod:shop/web` for one with that ServiceAccount, `plain:shop` for one
   * without a proxy, `meshed:partner` for one of the mesh in a namespace of which the manifests do not say it; `outside` for who is outside the cluster and dials what a Service has open there.
   */
  readonly caller: string;
  /**
   * Where it goes, with the port: a Service as `payments/payment:8080`, a host as `shop.example.com:443`, the pods of a workload as `pod:shop/cart-v1:8080`, or
   * an address. The port may be left out where a Service has a single one.
   */
  readonly callee: string;
  /**
   * HTTP method.
   * @default GET
   */
  readonly method?: string;
  /**
   * Path, with its query if it has one.
   * @default /
   */
  readonly path?: string;
  /**
   * Headers by name; `host` is the one that the caller writes where it is not that of the callee.
   * @default - none that a policy or a route asks for
   */
  readonly headers?: { [name: string]: string };
  /**
   * Claims of the caller's token by name, each with its values; its subject is `sub`, and somebody of no matter which name where that is left out.
   * @default - no token, unless `issuer` is said
   */
  readonly claims?: { [name: string]: string[] };
  /**
   * Issuer of the token.
   * @default - where `claims` are said, the only issuer that the manifests trust
   */
  readonly issuer?: string;
  /**
   * For whom the token is.
   * @default - for everybody for whom the manifests want tokens of this issuer to be
   */
  readonly audiences?: string[];
}

export const QUESTION: Kind<MeshQuestion> = struct<MeshQuestion>({
  caller: TEXT,
  callee: TEXT,
  method: optional(TEXT),
  path: optional(TEXT),
  headers: optional(mapOf(TEXT)),
  claims: optional(mapOf(listOf(TEXT))),
  issuer: optional(TEXT),
  audiences: optional(listOf(TEXT)),
});

// Tokens have a subject, and without one no policy knows whose they are.
const SOMEBODY = 'somebody';

/** What a question asks: one request for each workload that it may mean by its caller. */
export function requestsOf(cluster: Cluster, question: MeshQuestion): Request[] {
  const { caller, callee, method, path, headers = {} } = question;
  const to = targetNamed(cluster, callee);
  const { host, ...small } = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const token = tokenOf(cluster, question);
  return callersNamed(cluster, caller, to).map((from) => {
    requireNoHost(headers, 'gateway' in from);
    return { from, to, method, path, headers: small, token, ...(host !== undefined && writing(host)) };
  });
}

const writing = (host: string): Pick<Request, 'addressed'> => ({ addressed: { scheme: 'http', host: host.toLowerCase() } });

/** Who comes in by a gateway asks for the host of the callee; what a header of such a name said would be passed over. */
function requireNoHost(headers: Readonly<Record<string, string>>, isAtGateway: boolean): void {
  const name = Object.keys(headers).find((one) => one.startsWith(':') || (isAtGateway && /^host$/i.test(one)));
  if (name === undefined) return;
  throw new MeshError({
    code: 'MESH886',
    at: 'Verdicts.ask',
    what: 'the method and the path of a request are no headers of a question, nor is the host at a gateway',
    got: `${name}: ${headers[name]}`,
    fix: 'name the host by the callee, as in shop.example.com:443, and a gateway as the caller where it is the host of one',
  });
}

function tokenOf(cluster: Cluster, { claims, issuer: said, audiences }: MeshQuestion): Token | undefined {
  if (!claims && said === undefined) return undefined;
  const trusted = requestAuthentications(cluster).flatMap(({ issuers }) => issuers);
  const issuer = said ?? onlyIssuer([...new Set(trusted.map((one) => one.issuer))]);
  const wanted = trusted.filter((one) => one.issuer === issuer).flatMap((one) => one.audiences);
  return { issuer, subject: claims?.sub?.[0] ?? SOMEBODY, audiences: audiences ?? wanted, claims };
}

function onlyIssuer(known: readonly string[]): string {
  if (known.length === 1) return known[0];
  throw new MeshError({
    code: 'MESH898',
    at: 'Verdicts.ask',
    what: 'a question with claims says the issuer, unless the manifests trust a single one',
    got: known.length === 0 ? 'they trust none' : `they trust ${[...known].sort().join(' and ')}`,
    fix: 'set issuer',
  });
}

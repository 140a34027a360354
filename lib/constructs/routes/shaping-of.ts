import type { IConstruct } from 'constructs';
import type { Port } from '../../model/port';
import type { DirectResponseFacts, RedirectFacts, RouteFeatures } from '../../model/route-features';
import { requireCount } from '../../support/numbers';
import type { RequestShaping } from '../../values/traffic/request-shaping';
import type { DirectResponse } from '../../values/traffic/shaping/direct-response';
import type { Redirect } from '../../values/traffic/shaping/redirect';
import { corsOf } from './shaping/cors-of';
import { headersOf } from './shaping/headers-of';
import type { Code } from '../../support/codes';
import { MeshError } from '../../support/mesh-error';
import { requireHostName } from './shaping/require-host-name';
import { requireWords } from './shaping/require-words';
import { rewriteOf } from './shaping/rewrite-of';

/** What becomes of requests and answers, as it goes into the service's route table. */
export function shapingOf(at: IConstruct, ports: readonly Port[], shaping: RequestShaping): RouteFeatures {
  const { rewrite, redirect, requestHeaders, responseHeaders, cors, directResponse } = shaping;
  const [asked] = Object.entries(shaping).flatMap(([word, value]) => (value === undefined || !WORDS.includes(word) ? [] : [word]));
  if (asked === undefined) return {};
  if (!ports.some((port) => port.readsHttp))
    refuse(
      at,
      'MESH720',
      `${asked} is about HTTP requests`,
      'a service without an HTTP port',
      `drop ${asked}, or declare a port that speaks HTTP with MeshPort.http, http2 or grpc`,
    );
  requireOneOutcome(at, shaping);
  const facts: RouteFeatures = {
    rewrite: rewrite && rewriteOf(at, rewrite),
    redirect: redirect && redirectOf(at, redirect),
    requestHeaders: requestHeaders && headersOf(at, 'requestHeaders', requestHeaders),
    responseHeaders: responseHeaders && headersOf(at, 'responseHeaders', responseHeaders),
    cors: cors && corsOf(at, cors),
    directResponse: directResponse && directResponseOf(at, directResponse),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as RouteFeatures;
}

/** The proxy answers by itself: the requests reach no version, and nothing that is about sending them on has an effect. */
export function answersItself({ redirect, directResponse }: Pick<RequestShaping, 'redirect' | 'directResponse'>): boolean {
  return redirect !== undefined || directResponse !== undefined;
}

const WORDS: readonly string[] = ['rewrite', 'redirect', 'requestHeaders', 'responseHeaders', 'cors', 'directResponse'];

// Istio refuses all but the last in a VirtualService, and ignores that.
function requireOneOutcome(at: IConstruct, shaping: RequestShaping): void {
  if (!answersItself(shaping)) return;
  const clashing = (['redirect', 'directResponse', 'rewrite', 'requestHeaders'] as const).filter((word) => shaping[word] !== undefined);
  if (clashing.length === 1) return;
  refuse(
    at,
    'MESH721',
    'what the proxy answers by itself is not sent on, and has one answer',
    clashing.join(' and '),
    `drop ${clashing.slice(1).join(' and ')}, or say it of other requests`,
  );
}

const REDIRECTS = [301, 302, 303, 307, 308];

/** Where clients are sent. */
export function redirectOf(at: IConstruct, { scheme, host, port, path, status = 302 }: Redirect): RedirectFacts {
  requireWords(at, 'redirect', { scheme, host, port, path });
  if (!REDIRECTS.includes(status))
    refuse(at, 'MESH724', `the status of a redirect is one of ${REDIRECTS.join(', ')}`, status, 'leave status out for 302');
  return {
    statusCode: status,
    scheme,
    host: host === undefined ? undefined : requireHostName(at, 'host of a redirect', host),
    port: port === undefined ? undefined : requireCount(at, 'port of a redirect', port, 1, 65535),
    path: path?._facts,
  };
}

// Istio warns of more: each proxy that may answer with it holds a copy.
const MOST_LETTERS = 100 * 1024;

function directResponseOf(at: IConstruct, { status, body }: DirectResponse): DirectResponseFacts {
  const length = Buffer.byteLength(body ?? '');
  if (length > MOST_LETTERS)
    refuse(
      at,
      'MESH725',
      'the body of a direct response has at most 100 KiB',
      `${length} bytes`,
      'send the requests to a service that has it, or redirect them to where it is',
    );
  return { status: requireCount(at, 'status of a direct response', status, 200, 599), body };
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}

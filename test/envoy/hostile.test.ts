import { type Attempt } from '../hostile/attempt';
import { KINDS } from '../hostile/attempts';
import { claimsOf, fortress, SIGNER } from '../hostile/fortress';
import { GRANTED } from '../hostile/granted';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { meshOf } from '../conformance/mesh-under-test';
import type { ProxyQuestion } from '../conformance/answer';
import type { Request } from '../../lib/verdict/requests/request';
import type { Line } from './client';
import { type ProxyUnderTest, startProxy } from './proxy-under-test';

/** Attempts at one proxy, over connections of one caller. */
interface Siege {
  readonly question: ProxyQuestion;
  readonly attempts: readonly Attempt[];
}

/** Who decides about requests that somebody sends to a host: its own sidecar, its waypoint, or the gateway. */
function questionOf(plane: PlaneUnderTest, { from, to, method = 'GET' }: Request): ProxyQuestion | undefined {
  if (!('host' in to) || 'pod' in from || isWrittenAnew(method)) return undefined;
  if ('gateway' in from) return { proxy: from.gateway, from, host: 'shop.example.com', port: to.port };
  const [name, namespace] = to.host.split('.');
  if (!to.host.endsWith('.svc.cluster.local') || name === 'ledger') return undefined;
  const proxy = plane.of({ sidecar: `${namespace}/${name}-v1`, ambient: `${namespace}/waypoint` });
  return { proxy, from: plane.of({ sidecar: asSidecar(from), ambient: from }), host: to.host, port: to.port };
}

/** The client of these tests writes methods in capitals. */
const isWrittenAnew = (method: string): boolean => method !== method.toUpperCase();

const asSidecar = (from: Request['from']): Request['from'] =>
  'identity' in from ? { identity: { ...from.identity, proxy: 'sidecar' } } : from;

function siegesOf(plane: PlaneUnderTest, attempts: readonly Attempt[]): Siege[] {
  const sieges = new Map<string, { question: ProxyQuestion; attempts: Attempt[] }>();
  for (const attempt of attempts) {
    const question = questionOf(plane, attempt.request);
    if (!question) continue;
    const key = JSON.stringify(question);
    sieges.set(key, { question, attempts: [...(sieges.get(key)?.attempts ?? []), attempt] });
  }
  return [...sieges.values()];
}

/** The request as it is written on the wire, with the token signed. */
function lineOf({ to, method, path, headers, token }: Request, { host, port }: ProxyQuestion): Line {
  const named = 'host' in to && to.host !== host ? { host: `${to.host}:${port}` } : {};
  const signed = token ? { authorization: `Bearer ${SIGNER.sign(claimsOf(token))}` } : {};
  return { method, path, headers: { ...named, ...signed, ...headers } as Line['headers'] };
}

/** Whether a proxy has anything to say but no; it may hang up on somebody whom it lets nowhere. */
async function passes(envoy: ProxyUnderTest, line: Line): Promise<boolean> {
  const reply = await envoy.send(line).catch((error: Error) => error);
  if (reply instanceof Error) return reply.message !== 'socket hang up';
  return reply.status < 400 && reply.headers['grpc-status'] !== PERMISSION_DENIED;
}

/** What gets a right answer, or an answer of a pod at all. */
async function insidersOf(plane: PlaneUnderTest, attempts: readonly Attempt[]): Promise<string[]> {
  const { manifests } = meshOf(fortress(plane.dataPlane).chart);
  const inside: string[] = [];
  for (const { question, attempts: here } of siegesOf(plane, attempts)) {
    const envoy = await startProxy(manifests, question);
    for (const { what, request } of here) {
      const before = envoy.countOf();
      const isLetIn = await passes(envoy, lineOf(request, question));
      if (isLetIn || envoy.countOf() > before) inside.push(what);
    }
  }
  return inside;
}

/** A gRPC client is told so with status 200. */
const PERMISSION_DENIED = '7';

describe('a real Envoy', () => {
  forEachPlane((plane) => {
    it('lets in what the fortress grants', async () => {
      const asked = GRANTED.filter(({ request }) => questionOf(plane, request));
      expect((await insidersOf(plane, asked)).sort()).toEqual(asked.map(({ what }) => what).sort());
    });

    it.each(KINDS.filter(({ isParsed }) => isParsed).map(({ title, attempts }) => [title, attempts] as const))(
      '%s is refused',
      async (_, attempts) => {
        expect(await insidersOf(plane, attempts)).toEqual([]);
      },
    );
  });
});

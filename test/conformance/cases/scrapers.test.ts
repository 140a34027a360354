import {
  DataPlane,
  MergedMetrics,
  type MeshedService,
  MeshPort,
  MeshReport,
  MetricsScraping,
  ServiceIdentity,
  Waypoint,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import { newChart, service } from '../../builders';
import { meshOf, type MeshUnderTest } from '../mesh-under-test';
import { dial } from '../requests';

const [APPLICATION, METRICS, MERGED] = [8080, 9100, 15020];

/** How a Prometheus is in the mesh; none for one that is not. */
const SCRAPERS = { outside: undefined, ambient: DataPlane.ambient(), sidecar: DataPlane.sidecar() };
const PROXIES = { outside: undefined, ambient: 'ztunnel', sidecar: 'sidecar' } as const;
type Scraper = keyof typeof SCRAPERS;

const CALLEES = {
  sidecars: DataPlane.sidecar(),
  ztunnel: DataPlane.ambient({ waypoint: Waypoint.NEVER }),
  waypoint: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
};
type Callee = keyof typeof CALLEES;

/** What can be declared for a Prometheus: a grant, a port that takes plaintext, both, or metrics that sidecars merge. */
type Way = 'granted' | 'plaintext' | 'granted in plaintext' | 'merged';
const WAYS: readonly Way[] = ['granted', 'plaintext', 'granted in plaintext', 'merged'];

/** Which of them lets in a Prometheus that connects to the addresses of pods; the code of the error where a program may not say it. */
const LET_IN: Readonly<Record<Callee, Readonly<Record<Scraper, readonly (Way | 'MESH901' | 'MESH221')[]>>>> = {
  sidecars: {
    outside: ['MESH901', 'plaintext', 'merged'],
    ambient: ['granted', 'granted in plaintext'],
    sidecar: ['plaintext', 'granted in plaintext', 'merged'],
  },
  ztunnel: {
    outside: ['MESH901', 'plaintext'],
    ambient: ['granted', 'granted in plaintext'],
    sidecar: ['MESH221', 'plaintext', 'MESH221'],
  },
  waypoint: {
    outside: ['MESH901', 'plaintext'],
    ambient: ['granted', 'granted in plaintext'],
    sidecar: ['MESH221', 'plaintext', 'MESH221'],
  },
};

function declared(way: Way, callee: Callee, scraper: Scraper): { readonly cart: MeshedService; readonly mesh: MeshUnderTest } {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: CALLEES[callee] });
  const plaintext = way.endsWith('plaintext') ? 'Prometheus reads it' : undefined;
  const ports = [MeshPort.http(APPLICATION), MeshPort.http(METRICS, { suffix: 'metrics', plaintext })];
  const cart = service(shop, 'cart', { ports });
  service(shop, 'web').calls(cart, { port: APPLICATION });
  const account = ServiceIdentity.of('monitoring', 'prometheus', { dataPlane: SCRAPERS[scraper] });
  if (way === 'merged') new MergedMetrics(shop, 'metrics', { service: cart, port: METRICS });
  else new MetricsScraping(shop, 'metrics', { service: cart, port: METRICS, scraper: way === 'plaintext' ? undefined : account });
  const wrong = MeshReport.of(chart).findings.find(({ level }) => level === 'error');
  if (wrong) throw new Error(wrong.code);
  return { cart, mesh: meshOf(chart) };
}

/** Whether metrics are read, by the network layer and the proxies; a proxy's own port istiod knows nothing of. No other port is ever opened. */
async function isRead(way: Way, callee: Callee, scraper: Scraper): Promise<boolean> {
  const { cart, mesh } = declared(way, callee, scraper);
  const reads = async (port: number): Promise<boolean> => {
    const from = { pod: { namespace: 'monitoring', serviceAccount: 'prometheus', proxy: PROXIES[scraper] } };
    const request = dial(from, cart, { port, path: '/metrics' });
    return decide(mesh.cluster, request).allowed && (port === MERGED || (await mesh.answer(request)).allowed);
  };
  expect(await reads(APPLICATION)).toBe(false);
  return reads(way === 'merged' ? MERGED : METRICS);
}

const CASES = Object.keys(CALLEES).flatMap((callee) => Object.keys(SCRAPERS).map((scraper) => [scraper, callee] as [Scraper, Callee]));

it.each(CASES)('a Prometheus (%s) reads pods (%s) in the ways that there are, and in no other', async (scraper, callee) => {
  const found: string[] = [];
  for (const way of WAYS.filter((one) => one !== 'granted in plaintext' || scraper !== 'outside')) {
    const read = await isRead(way, callee, scraper).catch((error: Error) => /MESH\d+/.exec(error.message)?.[0] ?? error.message);
    if (read) found.push(read === true ? way : read);
  }
  expect(found).toEqual(LET_IN[callee][scraper]);
});

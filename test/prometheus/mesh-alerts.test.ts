import { DataPlane, MeshAlert, MeshAlerts, MeshPort, Waypoint } from 'istio-constructs';
import { service, shop } from '../builders';
import type { PlaneName } from '../for-each-plane';
import { connections } from './emitted-connections';
import { named } from './labels';
import { checkRules, fires, type Series } from './promtool';

const PLANES: Readonly<Record<PlaneName, DataPlane>> = {
  sidecar: DataPlane.sidecar(),
  ambient: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }),
};
const DAY = 86_400;

/** A shop with a service `legacy` that takes plaintext. */
function watched(plane: PlaneName) {
  const one = shop({ dataPlane: PLANES[plane] });
  service(one.shop, 'legacy', { ports: [MeshPort.http(8080, { plaintext: 'old clients' })] });
  new MeshAlerts(one.chart, 'mesh-alerts');
  return one.chart;
}

/** A connection to a service of the shop, as the proxy at its pods tells of it: sidecars have requests, ztunnel bytes and a word of its own for plaintext. */
function arriving(plane: PlaneName, isEncrypted: boolean, to = 'cart', namespace = 'shop'): Series[] {
  const metric = plane === 'sidecar' ? 'istio_requests_total' : 'istio_tcp_connections_opened_total';
  const labels = { reporter: 'destination', destination_workload_namespace: namespace, destination_canonical_service: to };
  const policy = isEncrypted ? 'mutual_tls' : { sidecar: 'none', ambient: 'unknown' }[plane];
  return [{ series: named(metric, { ...labels, connection_security_policy: policy }), values: '0+10x60' }];
}

const up = (namespace: string, pod: string, values: string): Series => ({ series: named('up', { job: 'pods', namespace, pod }), values });
const lives = '1x60';
const dies = '1x20 0x40';
const istiod = (values: string): Series => up('istio-system', 'istiod-5f4d7c9b6-x2x4z', values);
const ztunnel = (pod: string, values: string): Series => up('istio-system', `ztunnel-${pod}`, values);
const certificate = (left: number): Series => ({
  series: named('istio_agent_cert_expiry_seconds', { resource_name: 'default', namespace: 'shop', pod: 'cart-v1-0' }),
  values: `${left}x60`,
});
const root = (ends: number): Series => ({ series: 'citadel_server_root_cert_expiry_timestamp', values: `${ends}x150` });

/** Requests for certificates, and those of them that istiod signs. */
const certificates = (asked: number, signed: number): Series[] => [
  { series: 'citadel_server_csr_count', values: `0+${asked}x60` },
  ...(signed > 0 ? [{ series: 'citadel_server_success_cert_issuance_count', values: `0+${signed}x60` }] : []),
];

describe.each<PlaneName>(['sidecar', 'ambient'])('rules of MeshAlerts (%s mode)', (plane) => {
  const chart = watched(plane);

  it('are taken by promtool', () => {
    expect(checkRules(chart)).toBe('');
  });

  it.each<[MeshAlert, string, readonly Series[], Readonly<Record<string, number>>]>([
    [MeshAlert.PLAINTEXT, 'somebody calls in plaintext', arriving(plane, false), { warning: 1 }],
    [MeshAlert.PLAINTEXT, 'all speak mutual TLS', arriving(plane, true), {}],
    [MeshAlert.PLAINTEXT, 'it is a service that takes plaintext', arriving(plane, false, 'legacy'), {}],
    [MeshAlert.PLAINTEXT, 'it is a namespace of others', arriving(plane, false, 'cart', 'elsewhere'), {}],
    [MeshAlert.CERTIFICATE, 'a certificate has an hour left', [certificate(3600)], { critical: 1 }],
    [MeshAlert.CERTIFICATE, 'a certificate is about to be renewed', [certificate(12 * 3600)], {}],
    [MeshAlert.CERTIFICATES_REFUSED, 'istiod refuses all', certificates(5, 0), { critical: 1 }],
    [MeshAlert.CERTIFICATES_REFUSED, 'istiod refuses one of five', certificates(5, 4), { critical: 1 }],
    [MeshAlert.CERTIFICATES_REFUSED, 'istiod signs all', certificates(5, 5), {}],
    [MeshAlert.CERTIFICATES_REFUSED, 'nobody asks', certificates(0, 0), {}],
    [MeshAlert.ROOT_CERTIFICATE, 'the root has twenty days left', [root(20 * DAY)], { critical: 1 }],
    [MeshAlert.ROOT_CERTIFICATE, 'the root has years left', [root(2000 * DAY)], {}],
    [MeshAlert.ISTIOD_DOWN, 'istiod dies', [istiod(dies)], { critical: 1 }],
    [MeshAlert.ISTIOD_DOWN, 'there is none', [], { critical: 1 }],
    [MeshAlert.ISTIOD_DOWN, 'one of two dies', [istiod(dies), up('istio-system', 'istiod-5f4d7c9b6-abcde', lives)], {}],
  ])('%s: where %s', (alert, _, series, told) => {
    expect(fires(chart, alert, { series }, alert === MeshAlert.ROOT_CERTIFICATE ? '2h' : '1h', told)).toBe('');
  });

  it.each<[MeshAlert, string, readonly Series[], number]>([
    [MeshAlert.CERTIFICATE_MISSING, 'ztunnel gets no certificate', connections('ztunnel', 5, 60, { flags: 'IDENTITY_ERROR' }), 1],
    [MeshAlert.CERTIFICATE_MISSING, 'pods are not there', connections('ztunnel', 5, 60, { flags: 'CONNECT' }), 0],
    [MeshAlert.ZTUNNEL_DOWN, 'one of two dies', [ztunnel('aaaaa', lives), ztunnel('bbbbb', dies)], 1],
    [MeshAlert.ZTUNNEL_DOWN, 'there is none', [], 1],
    [MeshAlert.ZTUNNEL_DOWN, 'all answer', [ztunnel('aaaaa', lives), ztunnel('bbbbb', lives)], 0],
    [
      MeshAlert.WAYPOINT_DOWN,
      'one of two waypoints dies',
      [up('shop', 'waypoint-5f4d7c9b6-x2x4z', dies), up('payments', 'waypoint-5f4d7c9b6-abcde', lives)],
      1,
    ],
    [
      MeshAlert.WAYPOINT_DOWN,
      'pods of another waypoint answer',
      [up('shop', 'waypoint-canary-5f4d7c9b6-x2x4z', lives), up('payments', 'waypoint-5f4d7c9b6-abcde', lives)],
      1,
    ],
    [
      MeshAlert.WAYPOINT_DOWN,
      'both answer',
      [up('shop', 'waypoint-5f4d7c9b6-x2x4z', lives), up('payments', 'waypoint-5f4d7c9b6-abcde', lives)],
      0,
    ],
  ])('%s: where %s', (alert, _, series, count) => {
    const told = plane === 'ambient' && count > 0 ? { critical: count } : {};
    expect(fires(chart, alert, { series }, '1h', told as Readonly<Record<string, number>>)).toBe('');
  });
});

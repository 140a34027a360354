import { DataPlane, HttpAccess, MeshNamespace, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, manifest, names, newChart, pods, principal, rule, service, spec, tcp } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const shared = DataPlane.ambient({ waypoint: Waypoint.sharedFrom('team') });
const WAYPOINT_PODS = pods('team', { 'gateway.networking.k8s.io/gateway-name': 'waypoint' });

function team() {
  const chart = newChart();
  // The guest may be declared first.
  const search = new ZeroTrustNamespace(chart, 'search', { dataPlane: shared });
  new ZeroTrustNamespace(chart, 'team', { dataPlane: DataPlane.ambient() });
  const [cart, index] = [service(search, 'cart'), service(search, 'index')];
  cart.calls(index, { http: [HttpAccess.get('/items')] });
  return chart;
}

describe('Waypoint.sharedFrom', () => {
  it('names the waypoint and its namespace, and makes no other', () => {
    const chart = team();
    expect(manifest(chart, 'Namespace', 'search').metadata.labels).toMatchObject({
      'istio.io/use-waypoint': 'waypoint',
      'istio.io/use-waypoint-namespace': 'team',
    });
    expect(manifest(chart, 'Namespace', 'team').metadata.labels).not.toHaveProperty('istio.io/use-waypoint-namespace');
    expect(names(chart, 'Gateway')).toEqual(['team/waypoint']);
  });

  it('lets the guests attach to the waypoint, which is there although its own namespace needs none', () => {
    const [listener] = spec(team(), 'Gateway', 'waypoint').listeners as Array<{ allowedRoutes: object }>;
    const among = { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['search', 'team'] };
    expect(listener.allowedRoutes).toEqual({ namespaces: { from: 'Selector', selector: { matchExpressions: [among] } } });
  });

  it('leaves policies with the service, whose pods let in the identity of the waypoint', () => {
    const chart = team();
    expect(manifest(chart, 'AuthorizationPolicy', 'index-waypoint').metadata.namespace).toBe('search');
    expect(spec(chart, 'AuthorizationPolicy', 'index', 'search').rules).toEqual([rule(principal('team', 'waypoint'))]);
    expect(names(chart, 'AuthorizationPolicy')).toContain('team/waypoint-deny-all');
  });

  it('opens the network layer on both sides of the waypoint', () => {
    const chart = team();
    expect(spec(chart, 'NetworkPolicy', 'index', 'search').ingress).toEqual([{ from: [WAYPOINT_PODS], ports: tcp(15008) }]);
    expect(spec(chart, 'NetworkPolicy', 'cart', 'search').egress).toEqual([{ to: [WAYPOINT_PODS], ports: tcp(15008) }]);
    const { ingress, egress } = spec(chart, 'NetworkPolicy', 'waypoint', 'team');
    expect(ingress).toContainEqual({ from: [pods('search', { app: 'cart' })], ports: tcp(15008) });
    expect(egress).toContainEqual({ to: [pods('search', { app: 'index' })], ports: tcp(15008) });
  });

  it('adds what a waypoint made elsewhere has to let through, where that is closed', () => {
    const chart = newChart();
    MeshNamespace.fromName(chart, 'team', { name: 'team', dataPlane: DataPlane.ambient(), waypoint: 'door', zeroTrust: true });
    const search = new ZeroTrustNamespace(chart, 'search', { dataPlane: shared });
    service(search, 'cart').calls(service(search, 'index'));
    expect(manifest(chart, 'Namespace', 'search').metadata.labels).toMatchObject({ 'istio.io/use-waypoint': 'door' });
    expect(spec(chart, 'NetworkPolicy', 'search-index-waypoint', 'team')).toMatchObject({
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'door' } },
      ingress: [{ from: [pods('search', { app: 'cart' })], ports: tcp(15008) }],
    });
  });

  it('fails where there is none to share, or where one is closed and the other open', () => {
    const chart = newChart();
    new ZeroTrustNamespace(chart, 'team', { dataPlane: DataPlane.sidecar() });
    expect(findingCodes(new ZeroTrustNamespace(chart, 'search', { dataPlane: shared }))).toContain('MESH130');
    const other = newChart();
    new MeshNamespace(other, 'team', { dataPlane: DataPlane.ambient() });
    expect(findingCodes(new ZeroTrustNamespace(other, 'search', { dataPlane: shared }))).toContain('MESH129');
  });

  it('fails a name that no namespace has', () => {
    expectRefusal(() => Waypoint.sharedFrom('Team/waypoint'), { code: 'MESH001', path: 'Waypoint', fix: '' });
  });
});

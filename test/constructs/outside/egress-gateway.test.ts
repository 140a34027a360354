import { DataPlane, EgressGateway, ExternalPort, ExternalService, MeshNamespace, Migration, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, gatewayPods, manifest, names, newChart, principal, service, shop, spec, tcp } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

function leaving(plane: Pick<PlaneUnderTest, 'dataPlane'>) {
  const one = shop(plane);
  const egress = new ZeroTrustNamespace(one.chart, 'egress', plane);
  return { ...one, egress, through: new EgressGateway(egress, 'way-out') };
}

describe('EgressGateway', () => {
  forEachPlane((plane) => {
    it('lets each caller to itself, and goes out for all', () => {
      const { chart, cart, egress, through } = leaving({ dataPlane: plane.dataPlane });
      cart.calls(new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.https(), through }));
      const gateway = plane.of({ sidecar: gatewayPods('egress', 'way-out'), ambient: gatewayPods('egress') });
      const ports = plane.of({ sidecar: tcp(443), ambient: tcp(15008) });
      expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual([{ to: [gateway], ports }]);
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: ['egress/way-out'], ambient: ['egress/waypoint'] }));
      const { rules } = spec(chart, 'AuthorizationPolicy', 'cards', 'egress') as { rules: object[] };
      const when = plane.of({ sidecar: [{ key: 'connection.sni', values: ['api.example.com'] }], ambient: undefined });
      expect(rules).toEqual([
        { from: [{ source: { principals: [principal('shop', 'cart')] } }], to: [{ operation: { ports: ['443'] } }], ...(when && { when }) },
      ]);
      expect(findingCodes(chart)).toEqual(['MESH209']);
    });

    it('is nothing while nobody leaves through it, but for the waypoint', () => {
      const { chart } = leaving({ dataPlane: plane.dataPlane });
      expect(names(chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['egress/waypoint'] }));
    });
  });

  forEachPlane((plane) => {
    it('shows a certificate of a Secret, which its account alone may read', () => {
      const { chart, cart, egress, through } = leaving({ dataPlane: plane.dataPlane });
      const port = ExternalPort.tlsOrigination({ credentialName: 'partner-tls' });
      cart.calls(new ExternalService(egress, 'partner', { host: 'api.example.com', port, through }));
      const tls = { mode: 'MUTUAL', sni: 'api.example.com', subjectAltNames: ['api.example.com'], credentialName: 'partner-tls' };
      expect(spec(chart, 'DestinationRule', 'partner')).toMatchObject({ exportTo: ['.'], trafficPolicy: { portLevelSettings: [{ tls }] } });
      const name = plane.of({ sidecar: 'way-out-istio', ambient: 'waypoint' });
      expect(manifest(chart, 'RoleBinding', 'way-out-secrets', 'egress').subjects).toEqual([
        { kind: 'ServiceAccount', name, namespace: 'egress' },
      ]);
      expect(manifest(chart, 'Role', 'way-out-secrets', 'egress').rules).toEqual([
        { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] },
      ]);
    });
  });

  forEachPlane((plane) => {
    it('does not keep in who is let out for another host on the same port, and that is told', () => {
      const { chart, cart, egress, shop: home, through } = leaving({ dataPlane: plane.dataPlane });
      cart.calls(new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.https(), through }));
      const straight = (id: string, port: number) =>
        new ExternalService(home, id, { host: `${id}.example.org`, port: ExternalPort.https(port) });
      cart.calls(straight('files', 8443));
      expect(findingCodes(chart)).not.toContain('MESH423');
      cart.calls(straight('free', 443));
      expect(findingCodes(chart)).toContain('MESH423');
    });

    it('takes names from a wildcard that is called past it', () => {
      const { cart, payment, egress, shop: home, through } = leaving({ dataPlane: plane.dataPlane });
      const api = new ExternalService(egress, 'api', { host: 'api.example.com', port: ExternalPort.https(), through });
      payment.calls(api);
      cart.calls(new ExternalService(home, 'all', { host: '*.example.com', port: ExternalPort.https() }));
      expect(findingCodes(cart)).toEqual([...plane.of({ sidecar: [], ambient: ['MESH427'] }), 'MESH209']);
      cart.calls(api);
      expect(findingCodes(cart)).toEqual(expect.arrayContaining(plane.of({ sidecar: ['MESH426'], ambient: ['MESH423'] })));
      expect(findingCodes(cart)).not.toContain('MESH427');
    });
  });

  it.each([Migration.PREPARE, Migration.wave(1)])('is there in both forms while its namespace moves (%#)', (migration) => {
    const { chart, cart, egress, through } = leaving({ dataPlane: DataPlane.ambient({ migration }) });
    const port = ExternalPort.tlsOrigination({ credentialName: 'partner-tls' });
    cart.calls(new ExternalService(egress, 'partner', { host: 'api.example.com', port, through }));
    expect(names(chart, 'Gateway')).toEqual(['egress/waypoint', 'egress/way-out']);
    const targets = ['partner', 'partner-waypoint'].map((name) => spec(chart, 'AuthorizationPolicy', name, 'egress').targetRefs);
    expect(targets).toMatchObject([[{ kind: 'Gateway', name: 'way-out' }], [{ kind: 'ServiceEntry', name: 'partner' }]]);
    // The waypoint must not read the route, which would lead it to the gateway.
    expect(spec(chart, 'VirtualService', 'partner').exportTo).toEqual(['shop']);
    const { subjects } = manifest(chart, 'RoleBinding', 'way-out-secrets') as unknown as { subjects: object[] };
    expect(subjects).toMatchObject([{ name: 'way-out-istio' }, { name: 'waypoint' }]);
    const to = [gatewayPods('egress', 'way-out'), gatewayPods('egress')].map((pods) => expect.objectContaining({ to: [pods] }));
    expect(spec(chart, 'NetworkPolicy', 'cart').egress).toEqual(expect.arrayContaining(to));
    // A namespace says whose waypoint it has once somebody is sent there.
    const label = manifest(chart, 'ServiceEntry', 'partner').metadata.labels?.['istio.io/use-waypoint'];
    expect(label).toBe(migration === Migration.PREPARE ? 'waypoint' : undefined);
    expect([...new Set(findingCodes(chart))]).toEqual(['MESH135', 'MESH209']);
  });

  it('shows its route to nobody while it moves and nobody calls', () => {
    const { chart, egress, through } = leaving({ dataPlane: DataPlane.ambient({ migration: Migration.PREPARE }) });
    new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.https(), through });
    expect(spec(chart, 'VirtualService', 'cards').exportTo).toEqual(['~']);
  });

  it('is an account of its own, which no service may have', () => {
    const { chart, egress } = leaving({ dataPlane: DataPlane.sidecar() });
    service(egress, 'way-out-istio');
    expect(findingCodes(chart)).toEqual(['MESH205']);
  });

  it('is asked for where a certificate is in a Secret', () => {
    const { payments } = leaving({ dataPlane: DataPlane.sidecar() });
    const port = ExternalPort.tlsOrigination({ credentialName: 'partner-tls' });
    const act = () => new ExternalService(payments, 'partner', { host: 'api.example.com', port });
    expectRefusal(act, { code: 'MESH816', path: 'test/payments/partner', fix: 'EgressGateway', got: 'credentialName for api.example.com' });
  });

  it('takes nothing from outside', () => {
    const { chart, egress, through } = leaving({ dataPlane: DataPlane.sidecar() });
    new ExternalService(egress, 'cards', { host: 'api.example.com', port: ExternalPort.https(), through });
    expect(manifest(chart, 'Gateway', 'way-out').metadata.annotations).toEqual({ 'networking.istio.io/service-type': 'ClusterIP' });
    expect(spec(chart, 'NetworkPolicy', 'way-out').ingress).toEqual([expect.objectContaining({ ports: tcp(15020) })]);
  });

  it('fails for a host elsewhere, for one without a name, and in an open namespace', () => {
    const { payments, egress, through } = leaving({ dataPlane: DataPlane.sidecar() });
    const host = 'api.example.com';
    const port = ExternalPort.https();
    expectRefusal(() => new ExternalService(payments, 'cards', { host, port, through }), {
      code: 'MESH812',
      path: 'test/payments/cards',
      fix: 'inside egress',
    });
    expectRefusal(() => new ExternalService(egress, 'all', { host: '*.example.com', port, through }), {
      code: 'MESH814',
      path: 'test/egress/all',
      fix: 'one by one',
    });
    const open = new MeshNamespace(newChart(), 'open', { dataPlane: DataPlane.sidecar() });
    expectRefusal(() => new EgressGateway(open, 'out'), { code: 'MESH813', path: 'test/open/out', fix: 'ZeroTrustNamespace' });
  });
});

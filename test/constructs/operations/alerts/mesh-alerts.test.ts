import { Duration } from 'cdk8s';
import {
  DataPlane,
  Mesh,
  MeshAlert,
  MeshAlerts,
  type MeshAlertsProps,
  MeshedService,
  MeshNamespace,
  MeshPort,
  MTls,
  Waypoint,
} from 'istio-constructs';
import { manifest, newChart, service, shop } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { schemaErrors } from '../../../schemas/schema-errors';
import type { Chart } from 'cdk8s';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

function rulesOf(chart: Chart, props?: MeshAlertsProps): readonly Rule[] {
  new MeshAlerts(chart, 'mesh-alerts', props);
  const rule = manifest(chart, 'PrometheusRule', 'mesh-alerts');
  expect(schemaErrors(rule)).toEqual([]);
  const { groups } = rule.spec as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

const of = (rules: readonly Rule[], alert: MeshAlert) => rules.filter((rule) => rule.alert === alert);
const namespacesIn = (rules: readonly Rule[]) => of(rules, MeshAlert.PLAINTEXT).map(({ labels }) => labels.namespace);

forEachPlane((plane) => {
  describe('MeshAlerts', () => {
    it('stand in the root namespace, and are about what this plane has', () => {
      const { chart } = shop(plane);
      const alerts = [...new Set(rulesOf(chart).map(({ alert }) => alert))];
      const ofZtunnel = [MeshAlert.CERTIFICATE_MISSING, MeshAlert.ZTUNNEL_DOWN];
      const lacking = plane.of({ sidecar: [...ofZtunnel, MeshAlert.WAYPOINT_DOWN], ambient: [MeshAlert.WAYPOINT_DOWN] });
      expect(alerts).toEqual(Object.values(MeshAlert).filter((alert) => !lacking.includes(alert)));
      expect(manifest(chart, 'PrometheusRule', 'mesh-alerts').metadata.namespace).toBe('istio-system');
    });

    it('ask for plaintext in every namespace, whatever was declared first', () => {
      const { chart } = shop(plane);
      const rules = rulesOf(chart);
      expect(namespacesIn(rules)).toEqual(['payments', 'shop']);
    });

    it('do not where it is let in, and not of services that take it', () => {
      const chart = newChart();
      const namespace = (id: string, mtls?: MTls) => new MeshNamespace(chart, id, { dataPlane: plane.dataPlane, mtls });
      namespace('open', MTls.PERMISSIVE);
      const closed = namespace('closed', MTls.STRICT);
      service(closed, 'legacy', { ports: [MeshPort.http(8080, { plaintext: 'old clients' })] });
      service(closed, 'cart');
      const rules = rulesOf(chart);
      expect(namespacesIn(rules)).toEqual(['closed']);
      expect(of(rules, MeshAlert.PLAINTEXT)[0].expr).toContain('destination_canonical_service!~"legacy"');
    });

    it('take the word of the mesh where a namespace has none', () => {
      const chart = newChart();
      new Mesh(chart, 'mesh', { mtls: MTls.PERMISSIVE });
      new MeshNamespace(chart, 'silent', { dataPlane: plane.dataPlane });
      new MeshNamespace(chart, 'strict', { dataPlane: plane.dataPlane, mtls: MTls.STRICT });
      expect(namespacesIn(rulesOf(chart))).toEqual(['strict']);
    });
  });
});

describe('MeshAlerts', () => {
  it('watch each waypoint that there is, also one of a single service', () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    new MeshedService(one.shop, 'search', { image: 'search:1', ports: [MeshPort.http(8080)], ownWaypoint: true });
    const watched = of(rulesOf(one.chart), MeshAlert.WAYPOINT_DOWN).map(({ labels }) => `${labels.namespace}/${labels.waypoint}`);
    expect(watched).toEqual(['payments/waypoint', 'shop/search-waypoint', 'shop/waypoint']);
  });

  it('stand and look where istiod is, and tell as early as somebody wants', () => {
    const { chart } = shop({ dataPlane: DataPlane.sidecar() });
    const times = { certificateLeft: Duration.hours(1), rootCertificateLeft: Duration.days(60) };
    const rules = rulesOf(chart, { controlPlaneNamespace: 'mesh', ...times, without: [MeshAlert.PLAINTEXT] });
    expect(namespacesIn(rules)).toEqual([]);
    expect(of(rules, MeshAlert.ISTIOD_DOWN)[0].expr).toContain('namespace="mesh"');
    expect(of(rules, MeshAlert.CERTIFICATE)[0].expr).toContain('< 3600');
    expect(of(rules, MeshAlert.ROOT_CERTIFICATE)[0].expr).toContain('< 5184000');
    expect(manifest(chart, 'PrometheusRule', 'mesh-alerts').metadata.namespace).toBe('mesh');
  });
});

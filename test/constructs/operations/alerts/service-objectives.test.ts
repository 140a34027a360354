import { App, Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  MeshedService,
  MeshPort,
  RequestCounter,
  ServiceObjectives,
  type ServiceObjectivesProps,
  Waypoint,
} from 'istio-constructs';
import { canary, findingCodes, manifest, names, service, shop } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { schemaErrors } from '../../../schemas/schema-errors';
import { expectRefusal } from '../../../support/refusal';

const IN_TIME = { percentile: 99, below: Duration.millis(300) };
const ambient = { dataPlane: DataPlane.ambient() };

/** The text of all rules of a service. */
function rulesOf(
  props: Partial<ServiceObjectivesProps>,
  plane: { readonly dataPlane: DataPlane },
  also: (cart: MeshedService) => void = () => {},
) {
  const one = shop(plane);
  new ServiceObjectives(one.shop, 'objectives', { service: one.cart, ...props });
  also(one.cart);
  return JSON.stringify(manifest(one.chart, 'PrometheusRule', 'objectives', 'shop'));
}

forEachPlane((plane) => {
  describe('ServiceObjectives', () => {
    it('are a PrometheusRule in the namespace of the service, which its schema takes', () => {
      const one = shop(plane);
      const labels = { release: 'kube-prometheus-stack' };
      const made = new ServiceObjectives(one.shop, 'objectives', { service: one.cart, availability: 99.9, latency: [IN_TIME], labels });
      const rule = manifest(one.chart, 'PrometheusRule', 'objectives', 'shop');
      expect(rule).toMatchObject({ apiVersion: 'monitoring.coreos.com/v1', metadata: { labels } });
      expect(schemaErrors(rule)).toEqual([]);
      expect(made.resource.name).toBe('objectives');
    });

    it('ask who counts requests in this plane', () => {
      const reporter = plane.of({ sidecar: 'source', ambient: 'waypoint' });
      const found = [...rulesOf({ availability: 99.9 }, plane).matchAll(/reporter=~?\\"(.*?)\\"/g)].map(([, value]) => value);
      expect([...new Set(found)]).toEqual([reporter]);
    });

    it('are about all Services that a release leads to', () => {
      const rules = rulesOf({ availability: 99.9 }, plane, (cart) => canary(cart));
      const hosts = plane.of({
        sidecar: 'destination_service=\\"cart.shop.svc.cluster.local\\"',
        ambient:
          'destination_service=~\\"cart-v1[.]shop[.]svc[.]cluster[.]local|cart-v2[.]shop[.]svc[.]cluster[.]local|cart[.]shop[.]svc[.]cluster[.]local\\"',
      });
      expect(rules).toContain(hosts);
    });

    it('lead to the page of each alert, or to one of your own', () => {
      expect(rulesOf({ availability: 99.9 }, plane)).toContain('/blob/main/docs/alerts/MeshAvailabilityBudgetBurn.md"');
      expect(rulesOf({ latency: [IN_TIME], runbook: 'https://wiki/mesh/' }, plane)).toContain(
        '"https://wiki/mesh/MeshLatencyBudgetBurn.md"',
      );
    });
  });
});

describe('ServiceObjectives in ambient mode', () => {
  it('bring a waypoint, which counts what ztunnel does not see', () => {
    const one = shop(ambient);
    expect(names(one.chart, 'Gateway')).toEqual([]);
    const other = shop(ambient);
    new ServiceObjectives(other.shop, 'objectives', { service: other.cart, availability: 99.9 });
    expect(names(other.chart, 'Gateway')).toEqual(['shop/waypoint']);
  });

  it('are an error where the namespace forbids its waypoint', () => {
    const one = shop({ dataPlane: DataPlane.ambient({ waypoint: Waypoint.NEVER }) });
    const objectives = new ServiceObjectives(one.shop, 'objectives', { service: one.cart, availability: 99.9 });
    expect(findingCodes(objectives)).toEqual(['MESH102']);
  });

  it('fail to have the pods count, which have no proxy', () => {
    const one = shop(ambient);
    const act = () => {
      new ServiceObjectives(one.shop, 'objectives', { service: one.cart, availability: 99.9, countedBy: RequestCounter.PODS });
    };
    expectRefusal(act, {
      path: 'test/shop/objectives',
      code: 'MESH718',
      got: 'countedBy: RequestCounter.PODS for cart',
      fix: 'DataPlane.sidecar()',
    });
  });
});

describe('ServiceObjectives', () => {
  const attempt = (props: Partial<ServiceObjectivesProps>) => () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    new ServiceObjectives(one.shop, 'objectives', { service: one.cart, ...props });
  };
  const path = 'test/shop/objectives';

  it('count at the pods where somebody wants that', () => {
    const rules = rulesOf({ availability: 99.9, countedBy: RequestCounter.PODS }, { dataPlane: DataPlane.sidecar() });
    expect(rules).toContain('reporter=\\"destination\\"');
    expect(rules).not.toContain('reporter=\\"source\\"');
  });

  it.each([{}, { latency: [] }])('fail without a promise: %p', (props) => {
    expectRefusal(attempt(props), { path, code: 'MESH817', got: 'neither availability nor latency', fix: 'set availability' });
  });

  it.each([0, 100, -1, 101, NaN])('fail for %d percent', (percent) => {
    expectRefusal(attempt({ availability: percent }), { path, code: 'MESH818', got: `availability: ${percent}`, fix: '99.9' });
    const latency = [{ ...IN_TIME, percentile: percent }];
    expectRefusal(attempt({ latency }), { path, code: 'MESH818', got: `percentile: ${percent}`, fix: '99.9' });
  });

  it('fail for a time beyond the longest bucket', () => {
    const latency = [{ percentile: 99, below: Duration.minutes(11) }];
    expectRefusal(attempt({ latency }), { path, code: 'MESH831', got: '11 minutes', fix: 'shorter' });
  });

  it.each([Duration.days(6), Duration.days(91), Duration.hours(169)])(
    'fail over a time of no whole days, or of too few or many',
    (window) => {
      expectRefusal(attempt({ availability: 99, window }), {
        path,
        code: 'MESH719',
        got: window.toHumanString(),
        fix: 'Duration.days(28)',
      });
    },
  );

  it('fail for a service of bytes', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const db = service(one.shop, 'db', { ports: [MeshPort.tcp(5432)] });
    const act = () => {
      new ServiceObjectives(one.shop, 'objectives', { service: db, availability: 99 });
    };
    expectRefusal(act, { path, code: 'MESH819', got: 'db, which has none', fix: 'MeshPort.http' });
  });

  it('fail in an App that is not that of the service', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const elsewhere = new Chart(new App(), 'elsewhere');
    const act = () => {
      new ServiceObjectives(elsewhere, 'objectives', { service: one.cart, availability: 99 });
    };
    expectRefusal(act, { path: 'elsewhere/objectives', code: 'MESH077', got: 'test/shop/cart of another App', fix: 'beside the service' });
  });
});

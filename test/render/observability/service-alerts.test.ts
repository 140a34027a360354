import { renderServiceAlerts, type ServiceAlertsFacts } from '../../../lib/render/observability/service-alerts';

const counted = { reporters: ['source'], hosts: ['cart.shop.svc'], speaksGrpc: false };
const style = { runbook: 'https://x', severity: { urgent: 'critical', ordinary: 'warning' }, labels: { service: 'cart' } };
const bounds = {
  errorPercent: 0.1,
  p99Ms: 500,
  silentSeconds: 90,
  exhaustedPercent: 2,
  brokenPercent: 3,
  deniedPercent: 5,
  canaryFactor: 2,
  leastPerMinute: 6,
};

const FACTS: ServiceAlertsFacts = {
  serviceName: 'cart',
  namespaceName: 'shop',
  counted,
  routed: counted,
  heard: { ...counted, reporters: ['source', 'destination'] },
  refusing: { atPods: true, atWaypoint: false },
  bounds,
  versions: ['v1'],
  without: [],
};

type Rendered = ReadonlyArray<{ name: string; rules: ReadonlyArray<Readonly<Record<string, any>>> }>;
const rulesOf = (parts: Partial<ServiceAlertsFacts> = {}) => {
  const [group] = renderServiceAlerts({ ...FACTS, ...parts }, style).groups as Rendered;
  return new Map((group?.rules ?? []).map((rule) => [rule.alert as string, rule]));
};

describe('alerts about a service', () => {
  it('compare with what may go wrong, where there are enough requests', () => {
    const about = 'reporter="source",destination_service="cart.shop.svc"';
    expect(rulesOf().get('MeshServiceErrors')).toMatchObject({
      expr:
        `(sum(rate(istio_requests_total{${about},response_code=~"5.."}[5m])) or vector(0)) / ` +
        `(sum(rate(istio_requests_total{${about}}[5m])) > 0) > 0.001 and 60 * sum(rate(istio_requests_total{${about}}[5m])) >= 6`,
      labels: { service: 'cart', severity: 'critical' },
    });
    expect(rulesOf().get('MeshServiceNoTraffic')).toMatchObject({ for: '1m30s', labels: { severity: 'warning' } });
  });

  it('are about a new version where there is one', () => {
    expect([...rulesOf().keys()].filter((alert) => alert.startsWith('MeshCanary'))).toEqual([]);
    expect(rulesOf({ versions: ['v1', 'v2'] }).get('MeshCanaryErrors')).toMatchObject({ labels: { version: 'v2' } });
  });

  it('ask who refuses: sidecars, the waypoint, ztunnel', () => {
    expect([...rulesOf().keys()]).not.toContain('MeshServiceConnectionsDenied');
    const moving = rulesOf({ refusing: { atPods: true, atWaypoint: true } });
    expect(moving.get('MeshServiceDenied')!.expr).toMatch(
      /^\(.*reporter="destination".*\) or \(.*reporter="waypoint".*destination_workload="unknown".*\)$/,
    );
    expect(moving.get('MeshServiceConnectionsDenied')!.expr).toContain('response_flags="DENY"');
  });

  it('are left out where nobody wants them, and the group with the last one', () => {
    const all = [...rulesOf().keys()];
    expect([...rulesOf({ without: [all[0]] }).keys()]).toEqual(all.slice(1));
    expect(renderServiceAlerts({ ...FACTS, without: all }, style).groups).toEqual([]);
  });
});

import { type MeshAlertsFacts, renderMeshAlerts } from '../../../lib/render/observability/mesh-alerts';

const style = { runbook: 'https://x', severity: { urgent: 'critical', ordinary: 'warning' }, labels: {} };

const FACTS: MeshAlertsFacts = {
  controlPlaneNamespace: 'istio-system',
  encrypted: [{ name: 'shop', besides: [] }],
  waypoints: [{ namespaceName: 'shop', name: 'waypoint' }],
  hasZtunnel: true,
  certificateSeconds: 3600,
  rootCertificateSeconds: 86_400,
  without: [],
};

type Rendered = ReadonlyArray<{ rules: ReadonlyArray<Readonly<Record<string, any>>> }>;
const rulesOf = (parts: Partial<MeshAlertsFacts> = {}) =>
  (renderMeshAlerts({ ...FACTS, ...parts }, style).groups as Rendered)[0]?.rules ?? [];
const exprOf = (alert: string, parts: Partial<MeshAlertsFacts> = {}) => rulesOf(parts).find((rule) => rule.alert === alert)?.expr;

describe('alerts about the mesh', () => {
  it('ask for plaintext in each namespace, at sidecars and ztunnel, but of services that take it', () => {
    const encrypted = [{ name: 'shop', besides: ['legacy', 'old'] }];
    expect(exprOf('MeshPlaintext', { encrypted })).toContain('destination_canonical_service!~"legacy|old"');
    expect(exprOf('MeshPlaintext')).toContain('connection_security_policy=~"none|unknown"');
  });

  it('know pods of a waypoint from those of another whose name begins alike', () => {
    expect(exprOf('MeshWaypointDown')).toContain('pod=~"waypoint-[a-z0-9]+-[a-z0-9]+"');
  });

  it('are about what there is, and what somebody wants', () => {
    const alerts = ({ hasZtunnel = true, without = [] as string[] }) => rulesOf({ hasZtunnel, without }).map(({ alert }) => alert);
    expect(alerts({ hasZtunnel: false })).not.toContain('MeshZtunnelDown');
    expect(alerts({ without: ['MeshIstiodDown'] })).not.toContain('MeshIstiodDown');
    expect(renderMeshAlerts({ ...FACTS, without: alerts({}) }, style).groups).toEqual([]);
  });
});

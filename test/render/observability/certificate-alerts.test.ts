import { certificateAlerts } from '../../../lib/render/observability/certificate-alerts';

const FACTS = { hasZtunnel: true, certificateSeconds: 3600, rootCertificateSeconds: 86_400 };
const alertsOf = (facts = FACTS) => certificateAlerts(facts).map(({ alert }) => alert);

describe('alerts about certificates', () => {
  it('ask proxies how long theirs hold, and ztunnel for those that it lacks', () => {
    expect(alertsOf()).toEqual([
      'MeshCertificateExpiring',
      'MeshCertificatesRefused',
      'MeshCertificateMissing',
      'MeshRootCertificateExpiring',
    ]);
    expect(alertsOf({ ...FACTS, hasZtunnel: false })).not.toContain('MeshCertificateMissing');
  });

  it('say in words what has to be left', () => {
    const [expiring, , , root] = certificateAlerts(FACTS);
    expect(expiring.description).toContain('Less than 1h');
    expect(root.description).toContain('Less than 1d');
  });
});

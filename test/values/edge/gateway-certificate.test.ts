import { Duration } from 'cdk8s';
import { Deferred, GatewayCertificate } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('GatewayCertificate', () => {
  it('names a Secret, which may be in another namespace and known only later', () => {
    const later = Deferred.text(0);
    expect(GatewayCertificate.secret('shop-cert')._facts).toEqual({ secretName: 'shop-cert' });
    expect(GatewayCertificate.secret(later, { namespaceName: 'certs' })._facts).toEqual({ secretName: later, namespaceName: 'certs' });
  });

  it('names who signs it', () => {
    const options = { issuer: 'letsencrypt', duration: Duration.days(30), renewBefore: Duration.days(10) };
    expect(GatewayCertificate.issuedBy(options)._facts.issuer).toEqual({
      name: 'letsencrypt',
      kind: 'ClusterIssuer',
      group: 'cert-manager.io',
      durationMs: 2_592_000_000,
      renewBeforeMs: 864_000_000,
    });
  });

  it('fails for a name that no object has', () => {
    const refusal = { code: 'MESH032', path: 'GatewayCertificate', got: 'shop/cert', fix: 'alone' } as const;
    expectRefusal(() => GatewayCertificate.secret('shop/cert'), refusal);
  });
});

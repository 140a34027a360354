import { renderCertificate, renderCertificateGrant } from '../../../../lib/render/routes/edge/gateway-certificates';

describe('the Secrets of another namespace', () => {
  it('are let to the Gateways of one namespace, by name', () => {
    expect(renderCertificateGrant('edge', ['pay', 'shop'])).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
      to: ['pay', 'shop'].map((name) => ({ group: '', kind: 'Secret', name })),
    });
  });
});

describe('a certificate of cert-manager', () => {
  const issuer = { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' };

  it('is for the hosts of its listener', () => {
    expect(renderCertificate({ secretName: 'edge-https', issuer }, ['shop.example.com'])).toEqual({
      secretName: 'edge-https',
      dnsNames: ['shop.example.com'],
      issuerRef: issuer,
    });
  });

  it('is valid as long as somebody says', () => {
    const said = { secretName: 'a', issuer: { ...issuer, durationMs: 7_200_000, renewBeforeMs: 3_600_000 } };
    expect(renderCertificate(said, ['a.b'])).toMatchObject({ duration: '7200s', renewBefore: '3600s' });
  });
});

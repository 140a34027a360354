import { sharedCertificate } from '../../../lib/rules/edge/shared-certificate';
import { findings, raw } from '../model-builder';

const gateway = (name: string, host: string, credentialName = 'shop-tls', parts: { selector?: string; number?: number } = {}) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: edge }
spec:
  selector: { ${parts.selector ?? 'istio: ingress'} }
  servers: [{ port: { number: ${parts.number ?? 443}, name: https, protocol: HTTPS }, hosts: [${host}], tls: { mode: SIMPLE, credentialName: ${credentialName} } }]
`;

const find = (...manifests: string[]) => findings(sharedCertificate, { objects: manifests.flatMap(raw) });
const A = gateway('a', 'a.example.com');

describe(sharedCertificate.title, () => {
  it.each([
    ['a certificate each', gateway('b', 'b.example.com', 'other-tls')],
    ['pods each', gateway('b', 'b.example.com', 'shop-tls', { selector: 'istio: internal' })],
    ['a port each', gateway('b', 'b.example.com', 'shop-tls', { number: 8443 })],
    ['the same host, which is another mistake', gateway('b', 'a.example.com')],
  ])('takes two with %s', (_, b) => {
    expect(find(A, b)).toEqual([]);
  });

  it('tells of two hosts under one certificate', () => {
    expect(find(gateway('b', 'b.example.com'), A)).toMatchObject([
      { on: { path: 'raw/gateway/b' }, got: 'a.example.com and b.example.com', message: expect.stringContaining('shop-tls on port 443') },
    ]);
  });
});

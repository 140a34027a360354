import { idleRedirect } from '../../../lib/rules/border/idle-redirect';
import { findings, made, raw } from '../model-builder';

const door = (protocol: string, tls: string) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: door, namespace: shop }
spec: { selector: { istio: ingress }, servers: [{ port: { number: 443, name: a, protocol: ${protocol} }, hosts: ["*"], tls: { ${tls} } }] }
`;

const find = (manifest: string, read = raw) => findings(idleRedirect, { objects: read(manifest) });

describe(idleRedirect.title, () => {
  it.each([
    ['one for plain HTTP', 'HTTP', 'httpsRedirect: true'],
    ['a server for HTTPS without one', 'HTTPS', 'mode: SIMPLE, credentialName: shop'],
    ['one that is switched off', 'HTTPS', 'mode: SIMPLE, credentialName: shop, httpsRedirect: false'],
  ])('takes %s', (_, protocol, tls) => {
    expect(find(door(protocol, tls))).toEqual([]);
  });

  it.each(['HTTPS', 'TLS'])('tells of one for %s', (protocol) => {
    const manifest = door(protocol, 'mode: SIMPLE, credentialName: shop, httpsRedirect: true');
    expect(find(manifest)).toMatchObject([{ got: `protocol ${protocol}, tls.httpsRedirect: true` }]);
    expect(find(manifest, made)).toEqual([]);
  });
});

import { tlsTwice } from '../../../lib/rules/border/tls-twice';
import { findings, raw } from '../model-builder';

const ENTRY = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  resolution: DNS
  ports: [{ number: 80, name: http, protocol: HTTP, targetPort: 443 }, { number: 443, name: https, protocol: HTTPS }]
`;

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ name: https, port: 443 }] }
`;

const rule = (policy: string, host = 'api.example.com') => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: shop }
spec: { host: ${host}, trafficPolicy: { ${policy} } }
`;

const ofPort = (port: number, mode = 'SIMPLE') => `portLevelSettings: [{ port: { number: ${port} }, tls: { mode: ${mode} } }]`;

const FROM_GATEWAY = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api, namespace: shop }
spec:
  hosts: [api.example.com]
  gateways: [mesh]
  http: [{ match: [{ port: 80 }], route: [{ destination: { host: api.example.com, port: { number: 443 } } }] }]
`;

const find = (...manifests: string[]) => findings(tlsTwice, { objects: manifests.flatMap(raw) });

describe(tlsTwice.title, () => {
  it.each([
    ['TLS that is begun for plain HTTP alone', [ENTRY, rule(ofPort(80))]],
    ['a port that is left out', [ENTRY, rule(`tls: { mode: SIMPLE }, ${ofPort(443, 'DISABLE')}`)]],
    ['what a route brings in plain HTTP', [ENTRY, rule(ofPort(443)), FROM_GATEWAY]],
    ['mutual TLS of the mesh around TLS of the application', [SERVICE, rule('tls: { mode: ISTIO_MUTUAL }', 'api')]],
    [
      'bytes that no application encrypts, whatever their port is called',
      [ENTRY.replace('protocol: HTTPS', 'protocol: TCP'), rule(ofPort(443))],
    ],
    ['a host that nothing is known of', [rule('tls: { mode: SIMPLE }', 'other.example.com')]],
  ])('takes %s', (_, manifests) => {
    expect(find(...manifests)).toEqual([]);
  });

  it.each([
    ['for all ports', [ENTRY, rule('tls: { mode: SIMPLE }')], 'port 443: https, tls mode SIMPLE'],
    ['for that port', [ENTRY, rule(ofPort(443, 'MUTUAL'))], 'port 443: https, tls mode MUTUAL'],
    ['for a Service of the cluster', [SERVICE, rule('tls: { mode: SIMPLE }', 'api')], 'port 443: https, tls mode SIMPLE'],
  ])('tells of TLS %s', (_, manifests, got) => {
    expect(find(...manifests)).toMatchObject([{ on: { path: 'raw/destinationrule/api' }, got }]);
  });
});

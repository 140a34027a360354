import {
  renderEgressClients,
  renderEgressGateway,
  renderFromGateway,
  renderToGateway,
} from '../../../../lib/render/routes/outside/egress-gateway';
import { HTTP, other, TCP } from '../../../rules/model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const TLS = { ...TCP, name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls' };
const ports = [{ ...HTTP, number: 80 }, TLS, TCP];
const cards = other('external', 'cards', { host: 'api.example.com', ports, through });
const destination = (number: number) => ({ destination: { host: through.host, subset: 'cards', port: { number } } });

describe('the way through an egress gateway', () => {
  it('begins with proxies of callers, which ask for the host by mutual TLS', () => {
    const tls = { mode: 'ISTIO_MUTUAL', sni: 'api.example.com' };
    expect(renderEgressClients(through, [cards], ['.'])).toEqual({
      host: through.host,
      exportTo: ['.'],
      subsets: [{ name: 'cards', trafficPolicy: { tls } }],
    });
    expect(renderToGateway(cards, ['.', 'shop'])).toEqual({
      hosts: ['api.example.com'],
      exportTo: ['.', 'shop'],
      http: [{ match: [{ port: 80 }], route: [destination(80)] }],
      tls: [{ match: [{ port: 443, sniHosts: ['api.example.com'] }], route: [destination(443)] }],
      tcp: [{ match: [{ port: 5432 }], route: [destination(5432)] }],
    });
  });

  it('leads over a listener for each port of each host, which takes proxies of the mesh alone', () => {
    const { listeners } = renderEgressGateway([cards], {});
    expect(listeners!.map(({ name, port, protocol, hostname }) => [name, port, protocol, hostname])).toEqual([
      ['cards-80', 80, 'HTTPS', 'api.example.com'],
      ['cards-443', 443, 'TLS', 'api.example.com'],
      ['cards-5432', 5432, 'TLS', 'api.example.com'],
    ]);
    const options = { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' };
    expect(listeners!.map(({ tls }) => tls)).toEqual(Array(3).fill({ mode: 'Terminate', options }));
  });

  it.each([
    [ports[0], { hostnames: ['api.example.com'], rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] }],
    [
      TLS,
      { rules: [{ backendRefs: [{ group: 'networking.istio.io', kind: 'Hostname', name: 'api.example.com', port: 443, weight: 1 }] }] },
    ],
  ])('ends at the host: port $number', (port, expected) => {
    const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'out', sectionName: `cards-${port.number}` };
    expect(renderFromGateway(cards, port)).toMatchObject({ parentRefs: [parent], ...expected });
  });
});

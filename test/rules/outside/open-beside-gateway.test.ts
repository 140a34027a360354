import { openBesideGateway } from '../../../lib/rules/outside/open-beside-gateway';
import type { Party } from '../../../lib/model/party';
import { call, findings, namespaceState, other, service } from '../model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const TLS = { name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls', readsHttp: false };
const cards = other('external', 'cards', { host: 'api.example.com', ports: [TLS], through });
const web = service('web');
const closed = service('web', { namespace: namespaceState('shop', 'sidecar', { zeroTrust: true }) });
const free = other('external', 'free', { host: 'free.example.com', ports: [TLS] });

const straight = (caller: Party, callee: Party, blocks?: string[], port = 443) =>
  call(caller, callee, { hops: [{ from: { key: caller.key }, to: { world: true, blocks }, networkPorts: [port] }] });

describe(openBesideGateway.title, () => {
  it('takes a caller in a closed namespace, and leaves one that goes round to the other rule', () => {
    const calls = [call(closed, cards), straight(service('cart'), cards)];
    expect(findings(openBesideGateway, { calls })).toEqual([]);
  });

  it('warns of a caller in an open namespace', () => {
    const found = findings(openBesideGateway, { calls: [call(web, cards)] });
    expect(found).toMatchObject([{ got: 'open namespace shop', message: expect.stringContaining('egress/out') }]);
  });

  it.each([
    ['on another port', [straight(closed, free, undefined, 8443)]],
    ['at private addresses', [straight(closed, free, ['10.0.0.0/8'])]],
    ['of another caller', [straight(service('cart'), free)]],
    ['that it may not call', [{ ...straight(closed, free), action: 'DENY' as const }]],
  ])('takes a closed caller that also calls a host %s', (_, others) => {
    expect(findings(openBesideGateway, { calls: [call(closed, cards), ...others] })).toEqual([]);
  });

  it('warns of a closed caller whose port is open to the addresses of the host all the same', () => {
    const found = findings(openBesideGateway, { calls: [call(closed, cards), straight(closed, free)] });
    expect(found).toMatchObject([{ got: 'port 443, opened for free.example.com', message: expect.stringContaining('egress/out') }]);
  });

  it('compares addresses where both are said', () => {
    const placed = { ...cards, addresses: ['10.20.0.0/24'] };
    const found = (blocks?: string[]) => findings(openBesideGateway, { calls: [call(closed, placed), straight(closed, free, blocks)] });
    expect([undefined, ['10.30.0.0/24'], ['10.20.0.7/32']].map((blocks) => found(blocks).length)).toEqual([0, 0, 1]);
  });
});

import { openBesideGateway } from '../../../lib/rules/outside/open-beside-gateway';
import { call, findings, namespaceState, other, service } from '../model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const cards = other('external', 'cards', { host: 'api.example.com', through });
const web = service('web');
const closed = service('web', { namespace: namespaceState('shop', 'sidecar', { zeroTrust: true }) });
const byItself = { hops: [{ from: { key: web.key }, to: { world: true }, networkPorts: [443] }] };

describe(openBesideGateway.title, () => {
  it('takes a caller in a closed namespace, and leaves one that goes round to the other rule', () => {
    const calls = [call(closed, cards), call(web, cards, byItself)];
    expect(findings(openBesideGateway, { calls })).toEqual([]);
  });

  it('warns of a caller in an open namespace', () => {
    const found = findings(openBesideGateway, { calls: [call(web, cards)] });
    expect(found).toMatchObject([{ got: 'open namespace shop', message: expect.stringContaining('egress/out') }]);
  });
});

import { roundTheGateway } from '../../../lib/rules/outside/round-the-gateway';
import { call, findings, other, service } from '../model-builder';

const through = {
  key: 'egress:egress/out',
  name: 'out',
  namespaceName: 'egress',
  podLabels: {},
  host: 'out-istio.egress.svc.cluster.local',
};
const cards = other('external', 'cards', { host: 'api.example.com', through });
const web = service('web');
const out = { world: true };
const byGateway = {
  hops: [
    { from: { key: web.key }, to: { key: through.key }, networkPorts: [443] },
    { from: { key: through.key }, to: out, networkPorts: [443] },
  ],
};
const byItself = { hops: [{ from: { key: web.key }, to: out, networkPorts: [443] }] };

describe(roundTheGateway.title, () => {
  it('takes a call through the gateway, and one to a host without any', () => {
    const free = other('external', 'free', { host: 'free.example.com' });
    const calls = [call(web, cards, byGateway), call(web, free, byItself)];
    expect(findings(roundTheGateway, { calls })).toEqual([]);
  });

  it('reports a caller whose own packets leave', () => {
    const found = findings(roundTheGateway, { calls: [call(web, cards, byItself)] });
    expect(found).toMatchObject([{ on: { path: 'shop/web' }, message: expect.stringContaining('past the egress gateway egress/out') }]);
  });
});

import type { GatewayCheckStatement } from '../../../lib/model/edge/gateway-check';
import type { PartyFacts } from '../../../lib/model/party';
import { renderGatewayChecks } from '../../../lib/render/policies/gateway-check';

const PLACE = { ports: [443], normalization: 'BASE' } as const;
const GATEWAY: PartyFacts = {
  kind: 'gateway',
  key: 'gateway:edge/front',
  path: 'front',
  name: 'front',
  namespaceName: 'edge',
  owned: true,
  ports: [],
  podLabels: { istio: 'front' },
};

function asking(said: Partial<GatewayCheckStatement>): GatewayCheckStatement {
  return { gateway: GATEWAY, action: 'CUSTOM', provider: 'login', hosts: [], path: 'front', ...said };
}

describe('the policy of a gateway that asks first', () => {
  it('is about all requests where nobody says which, on the ports where requests are read', () => {
    expect(renderGatewayChecks([asking({})], PLACE)).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'front' }],
      action: 'CUSTOM',
      provider: { name: 'login' },
      rules: [{ to: [{ operation: { ports: ['443'] } }] }],
    });
  });

  it('finds pods of others by their labels, where Gateways of Istio configure them', () => {
    const said = asking({ gateway: { ...GATEWAY, isIstioGateway: true } });
    expect(renderGatewayChecks([said], PLACE)).toMatchObject({ selector: { matchLabels: { istio: 'front' } } });
    expect(renderGatewayChecks([said], PLACE)).not.toHaveProperty('targetRefs');
  });

  it('names hosts with and without a port, and paths in all their forms', () => {
    const http = [{ methods: ['GET'], paths: ['/admin'] }];
    const { rules } = renderGatewayChecks([asking({ hosts: ['a.example.com'], http })], PLACE);
    const [{ operation }] = rules![0].to!;
    expect(operation).toMatchObject({ hosts: ['a.example.com', 'a.example.com:*'], methods: ['GET'], ports: ['443'] });
    expect(operation!.paths).toEqual(expect.arrayContaining(['/admin', '/admin/*', '/admin;*', '//*']));
  });

  it('is the same in whichever order things are said', () => {
    const [one, other] = [asking({ hosts: ['a.example.com'] }), asking({ hosts: ['b.example.com'] })];
    expect(renderGatewayChecks([one, other, one], PLACE)).toEqual(renderGatewayChecks([other, one], PLACE));
  });
});

describe('lists of clients', () => {
  type Clients = NonNullable<GatewayCheckStatement['clients']>;
  const list = (field: Clients['field'], block: string, said: Partial<GatewayCheckStatement> = {}, others = true) =>
    asking({ action: 'DENY', provider: undefined, clients: { field, blocks: [block], others, areSeen: true }, ...said });
  const rulesOf = (...checks: GatewayCheckStatement[]) =>
    renderGatewayChecks(checks, PLACE).rules!.map(({ from, to }) => [
      from![0].source,
      to?.flatMap(({ operation }) => operation!.hosts?.filter((host) => !host.endsWith(':*')) ?? []),
    ]);

  it('are one for the same requests: whoever is on one of them may come', () => {
    expect(rulesOf(list('remoteIpBlocks', '1.0.0.0/8'), list('remoteIpBlocks', '2.0.0.0/8'), list('ipBlocks', '3.0.0.0/8'))).toEqual([
      [{ notRemoteIpBlocks: ['1.0.0.0/8', '2.0.0.0/8'], notIpBlocks: ['3.0.0.0/8'] }, undefined],
    ]);
  });

  it('meet at each host and each kind of requests, in whatever order those are named', () => {
    const one = list('remoteIpBlocks', '1.0.0.0/8', { hosts: ['a', 'b'] });
    const other = list('remoteIpBlocks', '2.0.0.0/8', { hosts: ['b'] });
    expect(rulesOf(one, other)).toEqual([
      [{ notRemoteIpBlocks: ['1.0.0.0/8', '2.0.0.0/8'] }, ['b']],
      [{ notRemoteIpBlocks: ['1.0.0.0/8'] }, ['a']],
    ]);
    const [p, q] = ['/p', '/q'].map((path) => ({ methods: ['GET'], paths: [path] }));
    const pq = list('remoteIpBlocks', '1.0.0.0/8', { http: [p, q] });
    const qp = list('remoteIpBlocks', '2.0.0.0/8', { http: [q, p] });
    expect(rulesOf(pq, qp).map(([source]) => source)).toEqual([{ notRemoteIpBlocks: ['1.0.0.0/8', '2.0.0.0/8'] }]);
  });

  it('stay one rule where the same clients may come to several hosts, or to all', () => {
    expect(rulesOf(list('ipBlocks', '1.0.0.0/8', { hosts: ['a', 'b'] }))).toEqual([[{ notIpBlocks: ['1.0.0.0/8'] }, ['a', 'b']]]);
    expect(rulesOf(list('ipBlocks', '1.0.0.0/8', { hosts: ['a'] }), list('ipBlocks', '1.0.0.0/8'))).toEqual([
      [{ notIpBlocks: ['1.0.0.0/8'] }, undefined],
    ]);
  });

  it('of refused clients are rules of their own', () => {
    expect(rulesOf(list('ipBlocks', '1.0.0.0/8', {}, false), list('remoteIpBlocks', '2.0.0.0/8', {}, false))).toEqual([
      [{ ipBlocks: ['1.0.0.0/8'] }, undefined],
      [{ remoteIpBlocks: ['2.0.0.0/8'] }, undefined],
    ]);
  });
});

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

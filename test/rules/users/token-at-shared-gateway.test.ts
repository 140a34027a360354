import type { CallModel } from '../../../lib/model/mesh-model';
import type { TargetRef } from '../../../lib/model/hop';
import { tokenAtSharedGateway } from '../../../lib/rules/users/token-at-shared-gateway';
import { call, findings, hop, other, service } from '../model-builder';
import { USER } from './user';

const cart = service('cart');
const [rates, airline] = ['rates', 'airline'].map((name) => other('external', name, { path: `shop/${name}` }));

function through(callee: typeof rates, gateway: string, parts: Partial<CallModel> = {}, kind = 'Gateway'): CallModel {
  const targetRefs: TargetRef[] = [{ group: 'gateway.networking.k8s.io', kind, name: gateway }];
  return call(cart, callee, {
    hops: [hop(cart, callee, { attachment: { targetRefs }, namespaceName: 'egress', readsHttp: true })],
    ...parts,
  });
}

describe(tokenAtSharedGateway.title, () => {
  it.each<[string, readonly CallModel[]]>([
    ['a gateway for one host', [through(rates, 'out', { user: USER }), through(rates, 'out')]],
    ['a gateway for each host', [through(rates, 'out', { user: USER }), through(airline, 'other')]],
    ['hosts without users', [through(rates, 'out'), through(airline, 'out')]],
    [
      'a waypoint, which reads them for one host alone',
      [through(rates, 'rates', { user: USER }, 'ServiceEntry'), through(airline, 'rates')],
    ],
    ['a service of the mesh', [call(cart, service('product'), { user: USER }), through(airline, 'out')]],
  ])('takes %s', (_, calls) => {
    expect(findings(tokenAtSharedGateway, { calls })).toEqual([]);
  });

  it('fails beside another host through the same gateway', () => {
    const calls = [through(rates, 'out', { user: USER, path: 'shop/asked' }), through(airline, 'out')];
    expect(findings(tokenAtSharedGateway, { calls })).toMatchObject([
      {
        on: { path: 'shop/asked' },
        message: expect.stringContaining('egress/out'),
        got: 'shop/rates and shop/airline through one gateway',
      },
    ]);
  });
});

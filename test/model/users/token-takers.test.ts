import type { ExposureModel } from '../../../lib/model/mesh-model';
import { takersIn } from '../../../lib/model/users/token-takers';
import { call, emptyModel, other, service } from '../../rules/model-builder';
import { USER } from '../../rules/users/user';

describe('takers of tokens', () => {
  it('are services whose calls need one, and gateways that ask themselves', () => {
    const asked = call(service('cart'), service('product'), { user: USER });
    const gateway = other('gateway', 'gateway');
    const exposure = {
      gateway,
      service: service('cart'),
      users: { anyOf: [USER], port: 443, listenerPort: 443 },
    } as unknown as ExposureModel;
    const open = { gateway, service: service('cart') } as unknown as ExposureModel;
    const model = emptyModel({ calls: [asked, call(service('cart'), service('product'))], exposures: [exposure, open] });
    expect(takersIn(model).map(({ on, taker, issuer }) => [on, taker.name, issuer])).toEqual([
      [asked, 'product', USER.issuer],
      [exposure, 'gateway', USER.issuer],
    ]);
  });
});

import type { MeshModel } from '../../../lib/model/mesh-model';
import { faultInProduction } from '../../../lib/rules/traffic/fault-in-production';
import { findings, route, service } from '../model-builder';

const fault = { abort: { httpStatus: 503, percentage: 50 } };
const found = (environment: MeshModel['environment'], inProduction?: string) => {
  const faults = [{ path: 'shop/chaos', fault, inProduction }];
  return findings(faultInProduction, { environment, routes: [route(service('cart'), { fault, faults }), route(service('web'))] });
};

describe(faultInProduction.title, () => {
  it('takes a fault elsewhere, where nobody says where it is, and one with a reason', () => {
    expect([...found('development'), ...found('staging'), ...found(undefined), ...found('production', 'game day')]).toEqual([]);
  });

  it('fails a fault without a reason, and names its line', () => {
    expect(found('production')).toMatchObject([
      { on: { path: 'shop/chaos' }, message: expect.stringContaining('cart'), fix: expect.stringContaining('inProduction') },
    ]);
  });
});

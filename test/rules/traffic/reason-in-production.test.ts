import type { MeshModel } from '../../../lib/model/mesh-model';
import { reasonInProduction } from '../../../lib/rules/traffic/reason-in-production';
import { findings, route, service } from '../model-builder';

const fault = { abort: { httpStatus: 503, percentage: 50 } };
const found = (environment: MeshModel['environment'], inProduction?: string) => {
  const faults = [{ path: 'shop/chaos', fault, inProduction }];
  return findings(reasonInProduction, { environment, routes: [route(service('cart'), { fault, faults })] });
};

describe(reasonInProduction.title, () => {
  it('says nothing of a fault elsewhere, nor of one that is refused', () => {
    expect([...found('staging', 'game day'), ...found(undefined, 'game day'), ...found('production')]).toEqual([]);
  });

  it('shows the reason in the report', () => {
    expect(found('production', 'game day')).toMatchObject([{ on: { path: 'shop/chaos' }, got: 'game day' }]);
  });
});

import { weightFields } from '../../../lib/render/routes/weight-fields';

const [v1, v2] = [{ weight: 90 }, { weight: 10 }];

describe('fields that hold a weight', () => {
  it('are those of a VirtualService, route by route', () => {
    const http = [{ route: [v1, v2] }, { route: [v1, v2] }];
    expect(weightFields({ spec: { hosts: ['cart'], http } })).toEqual([
      'spec.http[0].route[0].weight',
      'spec.http[0].route[1].weight',
      'spec.http[1].route[0].weight',
      'spec.http[1].route[1].weight',
    ]);
  });

  it('are those of an HTTPRoute, rule by rule', () => {
    expect(weightFields({ spec: { parentRefs: [], rules: [{ backendRefs: [v1, v2] }] } })).toEqual([
      'spec.rules[0].backendRefs[0].weight',
      'spec.rules[0].backendRefs[1].weight',
    ]);
  });

  it('are none where all requests go to one place, and those behind it are counted on', () => {
    expect(weightFields({ spec: { http: [{ route: [v1] }, { redirect: {} }, { route: [v1, v2] }] } })).toEqual([
      'spec.http[2].route[0].weight',
      'spec.http[2].route[1].weight',
    ]);
    expect(weightFields({ spec: { rules: [{ backendRefs: [{ name: 'cart', weight: 1 }] }] } })).toEqual([]);
  });

  it('are none of other objects', () => {
    expect([weightFields({ spec: { host: 'cart' } }), weightFields({ data: {} }), weightFields({})]).toEqual([[], [], []]);
  });
});

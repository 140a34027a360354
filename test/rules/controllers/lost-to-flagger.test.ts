import { lostToFlagger } from '../../../lib/rules/controllers/lost-to-flagger';
import { findings, route, service } from '../model-builder';

describe(lostToFlagger.title, () => {
  it('takes a route that Flagger carries whole', () => {
    expect(findings(lostToFlagger, { routes: [route(service('cart'))] })).toEqual([]);
  });

  it('fails what it has no words for, and names who leaves it', () => {
    const lost = { lostToController: ['fault', 'routes for some requests only'] };
    expect(findings(lostToFlagger, { routes: [route(service('cart'), lost)] })).toMatchObject([
      { got: 'fault, routes for some requests only', fix: expect.stringContaining('argoRollouts') },
    ]);
  });
});

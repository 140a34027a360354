import { reducedByFlagger } from '../../../lib/rules/controllers/reduced-by-flagger';
import { findings, route, service } from '../model-builder';

describe(reducedByFlagger.title, () => {
  it('takes retries that hold for every method', () => {
    expect(findings(reducedByFlagger, { routes: [route(service('cart'))] })).toEqual([]);
  });

  it('tells of those that hold for some', () => {
    expect(findings(reducedByFlagger, { routes: [route(service('cart'), { reducedByController: ['retries'] })] })).toMatchObject([
      { got: 'retries', fix: expect.stringContaining('idempotent: true') },
    ]);
  });
});

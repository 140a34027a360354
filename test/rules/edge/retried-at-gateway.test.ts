import { retriedAtGateway } from '../../../lib/rules/edge/retried-at-gateway';
import { exposure, findings, retries, route, service } from '../model-builder';

const pay = service('pay');
const none = retries({ attempts: 0 });

describe(retriedAtGateway.title, () => {
  it('warns of a service without retries behind a gateway, and says what switches them off', () => {
    expect(findings(retriedAtGateway, { exposures: [exposure(pay)], routes: [route(pay, { retries: none })] })).toMatchObject([
      { on: { path: 'shop/pay' }, got: 'attempts: 0 of pay', fix: expect.stringContaining('defaultHttpRetryPolicy') },
    ]);
  });

  it('speaks of the VirtualService at a Gateway of Istio before a waypoint', () => {
    const waypoint = { name: 'waypoint', namespaceName: 'shop', serviceAccountName: 'waypoint' } as never;
    const guarded = exposure({ ...pay, waypoint }, { istioGateway: { name: 'front-https', namespaceName: 'edge' } });
    const [finding] = findings(retriedAtGateway, { exposures: [guarded], routes: [route(pay, { retries: none })] });
    expect(finding.message).toContain('its VirtualService says nothing of tries');
  });

  it('warns where one of its routes has none', () => {
    const rules = [{ name: 'a', matches: [], backends: [], retries: none }];
    expect(findings(retriedAtGateway, { exposures: [exposure(pay)], routes: [route(pay, { rules })] })).toHaveLength(1);
  });

  it('takes services that want retries, that say nothing, or that no gateway sends to', () => {
    expect(findings(retriedAtGateway, { exposures: [exposure(pay)], routes: [route(pay, { retries: retries() })] })).toEqual([]);
    expect(findings(retriedAtGateway, { exposures: [exposure(pay)], routes: [route(pay)] })).toEqual([]);
    expect(findings(retriedAtGateway, { routes: [route(pay, { retries: none })] })).toEqual([]);
  });
});

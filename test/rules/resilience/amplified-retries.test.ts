import type { RouteModel } from '../../../lib/model/mesh-model';
import { amplifiedRetries } from '../../../lib/rules/resilience/amplified-retries';
import { call, exposure, findings, HTTP, namespaceState, other, retries, route, service } from '../model-builder';

const [web, order, stock, shelf] = ['web', 'order', 'stock', 'shelf'].map((name) => service(name));
const GRPC = { ...HTTP, appProtocol: 'grpc' };
const thrice = retries({ attempts: 2, conditions: ['gateway-error'] });
const chain = [call(web, order), call(order, stock), call(stock, shelf)];

const found = (said: Partial<RouteModel>, calls = chain) =>
  findings(amplifiedRetries, { calls, routes: [route(web), ...[order, stock, shelf].map((one) => route(one, said))] });

describe(amplifiedRetries.title, () => {
  it('warns at the end of a chain, once, and prints the chain', () => {
    expect(found({ retries: thrice })).toMatchObject([
      {
        on: { path: 'shop/shelf' },
        message: expect.stringContaining(
          'one request may become 27: web → order (1 + 2 tries) → stock (1 + 2 tries) → shelf (1 + 2 tries)',
        ),
        got: '3 x 3 x 3',
      },
    ]);
  });

  it('follows the dearest of several ways', () => {
    const calls = [call(web, shelf), ...chain, call(order, shelf)];
    expect(found({ retries: thrice }, calls)).toMatchObject([{ got: '3 x 3 x 3' }]);
  });

  it('prints the ends of a long chain, and counts no further than anybody reads', () => {
    const many = [...Array(1001).keys()].map((index) => service(`s${index}`));
    const calls = many.slice(1).map((one, index) => call(many[index], one));
    const [finding, ...others] = findings(amplifiedRetries, { calls, routes: many.map((one) => route(one, { retries: thrice })) });
    expect(others).toEqual([]);
    expect(finding.message).toMatch(
      /may become more than a billion: s0 → s1 \(1 \+ 2 tries\) → .* → … 991 more … → .* → s1000 \(1 \+ 2 tries\)$/,
    );
    expect(finding.got).toBe('3 x 3 x 3 x 3 x 3 x … 990 more … x 3 x 3 x 3 x 3 x 3');
  });

  it('begins where requests come in', () => {
    const gateway = other('gateway', 'gateway', { namespace: namespaceState('edge', 'sidecar') });
    const calls = [call(gateway, web), ...chain];
    const routes = [web, order, stock, shelf].map((one) => route(one, { retries: thrice }));
    expect(findings(amplifiedRetries, { calls, routes })).toMatchObject([
      { got: '3 x 3 x 3 x 3', message: expect.stringMatching(/: gateway → web/) },
    ]);
    const exposures = [exposure(web, { gateway, lost: ['retries'] })];
    expect(findings(amplifiedRetries, { calls, routes, exposures })).toMatchObject([{ got: '3 x 3 x 3' }]);
  });

  it('takes what no answer sets going, what has a budget, and what is few', () => {
    expect(found({ retries: retries({ attempts: 9 }) })).toEqual([]);
    expect(found({ retries: thrice, retryBudget: { percent: 20 } })).toEqual([]);
    expect(found({ retries: retries({ attempts: 1, conditions: ['gateway-error'] }) })).toEqual([]);
    expect(found({ retries: retries({ attempts: 0, conditions: ['5xx'] }) })).toEqual([]);
  });

  it('takes a single call that is tried often, and requests by gRPC that may not be processed twice', () => {
    const often = retries({ attempts: 99, conditions: ['5xx'] });
    expect(findings(amplifiedRetries, { calls: [call(web, order)], routes: [route(web), route(order, { retries: often })] })).toEqual([]);
    const calls = chain.map((one) => ({ ...one, ports: [GRPC] }));
    expect(found({ retries: thrice }, calls)).toEqual([]);
    expect(found({ retries: { ...thrice, idempotent: true } }, calls)).toHaveLength(1);
  });

  it('takes calls past routes: to pods, and from ztunnel to sidecars', () => {
    expect(
      found(
        { retries: thrice },
        chain.map((one) => ({ ...one, toPods: true })),
      ),
    ).toEqual([]);
    const inAmbient = { ...stock, namespace: namespaceState('shop', 'ambient') };
    expect(found({ retries: thrice }, [chain[0], chain[1], call(inAmbient, shelf)])).toEqual([]);
  });

  it('comes to an end where calls go in a circle', () => {
    expect(found({ retries: thrice }, [...chain, call(shelf, order)]).length).toBeLessThanOrEqual(1);
  });

  it('takes time in proportion to the calls', () => {
    const layers = Array.from({ length: 40 }, (_, layer) => ['a', 'b', 'c'].map((name) => service(`${name}${layer}`)));
    const calls = layers
      .slice(1)
      .flatMap((callees, index) => callees.flatMap((callee) => layers[index].map((caller) => call(caller, callee))));
    const routes = layers.flat().map((one) => route(one, { retries: thrice }));
    expect(findings(amplifiedRetries, { calls, routes })).toHaveLength(3);
  });
});

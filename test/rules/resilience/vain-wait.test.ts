import type { RouteModel } from '../../../lib/model/mesh-model';
import { vainWait } from '../../../lib/rules/resilience/vain-wait';
import { call, findings, HTTP, retries, route, service } from '../model-builder';

const [web, order, stock] = ['web', 'order', 'stock'].map((name) => service(name));
const SLOW = { ...HTTP, name: 'http-slow', number: 81 };
const chain = [call(web, order), call(order, stock)];

const found = (ofOrder: Partial<RouteModel>, ofStock: Partial<RouteModel>, ofWeb: Partial<RouteModel> = {}, calls = chain) =>
  findings(vainWait, { calls, routes: [route(web, ofWeb), route(order, ofOrder), route(stock, ofStock)] });

describe(vainWait.title, () => {
  it('warns where an inner timeout is longer than an outer one, with the chain', () => {
    expect(found({ timeoutMs: 2000 }, { timeoutMs: 5000 })).toMatchObject([
      { on: { path: 'shop/stock' }, message: expect.stringContaining('order (2s) → stock (5s)'), got: '5s > 2s' },
    ]);
  });

  it('looks past services that say no time', () => {
    const calls = [call(service('first'), web), ...chain];
    const [{ message }] = found({}, { timeoutMs: 5000 }, { timeoutMs: 1000 }, calls);
    expect(message).toContain('web (1s) → order → stock (5s)');
  });

  it('warns of tries that take longer together than anybody waits', () => {
    const tried = { retries: retries({ attempts: 2, perTryTimeoutMs: 1000 }) };
    expect(found({ timeoutMs: 2000 }, tried)).toMatchObject([
      { got: '3s > 2s', message: expect.stringContaining('all tries of a request to stock') },
    ]);
    expect(found({ timeoutMs: 3000 }, tried)).toEqual([]);
    expect(found({ timeoutMs: 2000 }, { ...tried, timeoutMs: 2000 })).toEqual([]);
  });

  it('takes times that grow shorter on the way, and services without one', () => {
    expect(found({ timeoutMs: 5000 }, { timeoutMs: 5000 })).toEqual([]);
    expect(found({ timeoutMs: 2000 }, {})).toEqual([]);
    expect(found({}, { timeoutMs: 5000 })).toEqual([]);
    expect(found({ timeoutMs: 2000 }, { retries: retries({ attempts: 0, perTryTimeoutMs: 9000 }) })).toEqual([]);
  });

  it('judges by the port that is called, and by ports that all have an end', () => {
    const two = service('stock', { ports: [HTTP, { ...SLOW, timeoutMs: 60_000 }] });
    const asked = (ports: typeof two.ports) => [call(web, order), call(order, two, { ports })];
    const routes = [route(order, { timeoutMs: 2000 }), route(two, { timeoutMs: 1000 })];
    expect(findings(vainWait, { calls: asked([two.ports[0]]), routes })).toEqual([]);
    expect(findings(vainWait, { calls: asked([two.ports[1]]), routes })).toMatchObject([{ got: '60s > 2s' }]);
    const streaming = service('order', { ports: [HTTP, { ...SLOW, timeoutMs: 0 }] });
    const others = [route(streaming, { timeoutMs: 2000 }), route(stock, { timeoutMs: 5000 })];
    expect(findings(vainWait, { calls: [call(streaming, stock)], routes: others })).toEqual([]);
  });

  it('comes to an end where calls go in a circle', () => {
    const circle = [...chain, call(stock, order)];
    expect(found({ timeoutMs: 2000 }, { timeoutMs: 1000 }, {}, circle).map(({ got }) => got)).toEqual(['2s > 1s']);
  });
});

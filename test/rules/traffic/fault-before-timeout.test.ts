import type { RouteModel } from '../../../lib/model/mesh-model';
import type { FaultFacts } from '../../../lib/model/route-features';
import { faultBeforeTimeout } from '../../../lib/rules/traffic/fault-before-timeout';
import { findings, HTTP, retries, route, service } from '../model-builder';

const DELAY: FaultFacts = { delay: { ms: 5000, percentage: 100 } };
const ABORT: FaultFacts = { abort: { httpStatus: 503, percentage: 50 } };

const found = (fault: FaultFacts, parts: Partial<RouteModel> = {}) => {
  const faults = [{ path: 'shop/chaos', fault }];
  return findings(faultBeforeTimeout, { routes: [route(service('cart'), { fault, faults, ...parts })] });
};

describe(faultBeforeTimeout.title, () => {
  it('takes a fault alone, a delay beside retries without a time of their own, and an abort beside a timeout', () => {
    expect(found(DELAY)).toEqual([]);
    expect(found(DELAY, { retries: retries() })).toEqual([]);
    expect(found(ABORT, { timeoutMs: 3000 })).toEqual([]);
    expect(found(ABORT, { retries: retries({ attempts: 0 }) })).toEqual([]);
  });

  it('tells of a delay that the time of a port would end, and not of a port of streams', () => {
    const at = (timeoutMs: number) => found(DELAY, { service: service('cart', { ports: [{ ...HTTP, timeoutMs }] }) });
    expect(at(3000)).toMatchObject([{ message: expect.stringMatching(/no timeout counts its delay/) }]);
    expect(at(0)).toEqual([]);
  });

  it.each<[string, FaultFacts, Partial<RouteModel>, RegExp]>([
    ['a delay that a timeout would end', DELAY, { timeoutMs: 3000 }, /so no timeout counts its delay;/],
    [
      'a delay that the time of each try would end',
      DELAY,
      { retries: retries({ perTryTimeoutMs: 500 }) },
      /so no timeout counts its delay;/,
    ],
    ['an abort that would be retried', ABORT, { retries: retries() }, /so nobody retries its abort;/],
    ['both', { ...DELAY, ...ABORT }, { timeoutMs: 3000, retries: retries() }, /no timeout counts its delay and nobody retries its abort;/],
  ])('tells of %s', (_, fault, parts, message) => {
    expect(found(fault, parts)).toMatchObject([{ on: { path: 'shop/chaos' }, message: expect.stringMatching(message) }]);
  });

  it('asks about the same requests alone', () => {
    const testers = { name: 'fault-match', matches: [{ headers: [], queryParams: [] }], backends: [], fault: DELAY };
    const rest = { name: 'fault-split', matches: [], backends: [] };
    const matched = { fault: undefined, rules: [testers, rest] };
    expect(found(DELAY, { ...matched, timeoutMs: 3000 })).toHaveLength(1);
    expect(found(DELAY, { ...matched, rules: [testers, { ...rest, timeoutMs: 3000 }] })).toEqual([]);
  });
});

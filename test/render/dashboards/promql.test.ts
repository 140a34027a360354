import { inFlight, quantile, rate, share } from '../../../lib/render/dashboards/promql';
import { isPromQl } from '../../dashboards';

const WHERE = ['app="cart"'];

it('asks in words that Prometheus reads, together and for each value of labels', () => {
  expect(rate('x', WHERE)).toBe('sum(rate(x{app="cart"}[$__rate_interval]))');
  expect(rate('x', WHERE, ['a', 'b'])).toBe('sum by (a, b) (rate(x{app="cart"}[$__rate_interval]))');
  for (const by of [[], ['version']]) {
    const asked = [rate('x', WHERE, by), share('x', WHERE, ['code="500"'], by), quantile(0.99, WHERE, by), inFlight(WHERE, by)];
    expect(asked.filter((query) => !isPromQl(query))).toEqual([]);
  }
});

it('has a share of nothing where there is none, for each value that is asked for at all', () => {
  const all = rate('x', WHERE, ['v']);
  expect(share('x', WHERE, ['bad="1"'], ['v'])).toBe(`(${rate('x', [...WHERE, 'bad="1"'], ['v'])} or 0 * ${all}) / ${all}`);
});

it('is judged by a reader that refuses what is broken', () => {
  expect(['sum(rate(x[5m])', 'x{a=b}', 'sum by a (x)'].filter(isPromQl)).toEqual([]);
});

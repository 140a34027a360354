import { isLike, isOneOf, plain, promDuration, rateOf, seriesOf } from '../../../lib/render/observability/promql';

describe('a question to Prometheus', () => {
  it('has a label with one value, or with one of several in any order, each once and letter by letter', () => {
    expect(isOneOf('host', ['a.b'])).toBe('host="a.b"');
    expect(isOneOf('host', ['c.d', 'a.b', 'a.b', 'c.d'])).toBe('host=~"a[.]b|c[.]d"');
  });

  it('is about a series with all labels that are said', () => {
    expect(seriesOf('up', [])).toBe('up');
    expect(rateOf('istio_requests_total', ['reporter="source"', isLike('response_code', '5..')], '5m')).toBe(
      'rate(istio_requests_total{reporter="source",response_code=~"5.."}[5m])',
    );
  });

  it.each([
    [100 - 99.9, 0.1],
    [14.4, 14.4],
  ])('has %d without what binary fractions add', (value, said) => {
    expect(plain(value)).toBe(said);
  });

  it.each([
    [0, '0s'],
    [90, '1m30s'],
    [3600, '1h'],
    [30 * 86_400, '30d'],
    [5040, '1h24m'],
  ])('has %d seconds as %s', (seconds, said) => {
    expect(promDuration(seconds)).toBe(said);
  });
});

import {
  allRequests,
  type CountedRequests,
  failedRequests,
  quantileOf,
  shareOf,
  slowShare,
} from '../../../lib/render/observability/requests';

const counted: CountedRequests = { reporters: ['source'], hosts: ['cart.shop.svc'], speaksGrpc: false };
const ABOUT = 'reporter="source",destination_service="cart.shop.svc"';
const bucket = (bound: string) => `sum(rate(istio_request_duration_milliseconds_bucket{${ABOUT},le=~"${bound}([.]0)?"}[5m]))`;
const COUNT = `sum(rate(istio_request_duration_milliseconds_count{${ABOUT}}[5m]))`;

describe('requests to a service', () => {
  it('are those of all its hosts, as those who count say', () => {
    expect(allRequests(counted, '5m')).toBe(`sum(rate(istio_requests_total{${ABOUT}}[5m]))`);
    const moving = { ...counted, reporters: ['waypoint', 'source'], hosts: ['a', 'b'] };
    expect(allRequests(moving, '1h', 'x="y"')).toBe(
      'sum(rate(istio_requests_total{reporter=~"source|waypoint",destination_service=~"a|b",x="y"}[1h]))',
    );
  });

  it('fail by their code; those of gRPC by their status as well', () => {
    const http = `rate(istio_requests_total{${ABOUT},response_code=~"5.."}[5m])`;
    expect(failedRequests(counted, '5m')).toBe(`sum(${http})`);
    expect(failedRequests({ ...counted, speaksGrpc: true }, '5m')).toBe(
      `sum(${http} or rate(istio_requests_total{${ABOUT},grpc_response_status=~"2|4|12|13|14|15"}[5m]))`,
    );
  });

  it('are a share of all where there are some', () => {
    expect(shareOf('a', 'b')).toBe('(a or vector(0)) / (b > 0)');
  });

  it.each([
    [250, bucket('250')],
    [300, `(0.8 * ${bucket('250')} + 0.2 * ${bucket('500')})`],
    [600_000, bucket('600000')],
  ])('are slow that take longer than %d ms', (ms, fast) => {
    expect(slowShare(counted, ms, '5m')).toBe(`1 - ${fast} / (${COUNT} > 0)`);
  });

  it('have a time within which a share of them is answered', () => {
    expect(quantileOf(counted, 0.99, '5m')).toBe(
      `histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${ABOUT}}[5m])))`,
    );
  });
});

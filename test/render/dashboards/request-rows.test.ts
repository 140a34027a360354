import { requestRow, saturationRow, versionRow } from '../../../lib/render/dashboards/request-rows';
import { isPromQl } from '../../dashboards';

const exprs = ({ panels }: ReturnType<typeof requestRow>) => panels.flatMap(({ queries }) => queries.map(({ expr }) => expr));

it('asks about rate, errors, latency and limits in words that Prometheus reads', () => {
  const rows = [requestRow(['a="b"']), saturationRow(['a="b"'], ['c="d"']), versionRow({ where: ['a="b"'], by: ['version'] })];
  expect(rows.flatMap(exprs).filter((query) => !isPromQl(query))).toEqual([]);
});

it('has errors of gRPC too, whose answers are 200', () => {
  expect(exprs(requestRow([])).join()).toContain('grpc_response_status=~"[1-9].*"');
});

it('asks whoever gave a request up', () => {
  expect(exprs(saturationRow(['a="b"'], ['c="d"']))[1]).toContain('{c="d",response_flags=');
});

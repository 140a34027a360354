import { connectionRow, versionConnectionRow } from '../../../lib/render/dashboards/connection-rows';
import { isPromQl } from '../../dashboards';

it('asks about connections by the metrics of bytes alone', () => {
  const queries = [connectionRow(['a="b"']), versionConnectionRow(['a="b"'])].flatMap(({ panels }) =>
    panels.flatMap((panel) => panel.queries.map(({ expr }) => expr)),
  );
  expect(queries.filter((query) => !isPromQl(query) || query.includes('istio_request'))).toEqual([]);
  expect(queries.length).toBeGreaterThan(5);
});

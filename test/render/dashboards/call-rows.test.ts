import { callRow, calleesOf, callersOf, callsOf, connectionsOf, mutualTls } from '../../../lib/render/dashboards/call-rows';
import { isPromQl } from '../../dashboards';

it('has tables of who calls whom', () => {
  const tables = [
    callersOf([]),
    calleesOf([]),
    callsOf([]),
    ...(['callers', 'callees', 'calls'] as const).map((by) => connectionsOf([], by)),
  ];
  expect(tables.every(({ isTable }) => isTable)).toBe(true);
  expect(tables.flatMap(({ queries }) => queries).filter(({ expr }) => !isPromQl(expr))).toEqual([]);
  expect(callRow(tables).panels).toBe(tables);
});

it('asks for mutual TLS where somebody tells of it', () => {
  expect(mutualTls({ requests: ['a="b"'] }).queries.map(({ legend }) => legend)).toEqual(['requests']);
  expect(mutualTls({ connections: ['a="b"'] }).queries.map(({ legend }) => legend)).toEqual(['connections']);
});

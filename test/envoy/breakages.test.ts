import { forEachPlane } from '../for-each-plane';
import { type Amendable, type Row, startRow } from './row';
import { ABORT } from './rows/faults';
import { ASKS_AT_GATEWAY, ONE_TRUSTED, USERS_AT_GATEWAY } from './rows/gateways';
import { LIMIT } from './rows/raw-objects';
import { HEADER_MATCH, SPLIT } from './rows/releases';
import { EJECTION, RETRIES, TIMEOUT } from './rows/resilience';
import { AFFINITY, MIRROR } from './rows/routing';
import { LIMIT_AT_GATEWAY, LIMIT_BEHIND_REWRITE, PREFLIGHT } from './rows/shaping';

/** A hand in the specs of all objects, wherever they have one of these fields. */
const hand =
  (fields: readonly string[], write: (value: unknown) => unknown) =>
  ({ spec }: Amendable): void => {
    const visit = (part: unknown): void => {
      if (typeof part !== 'object' || part === null) return;
      const found = part as Record<string, unknown>;
      for (const [name, value] of Object.entries(found)) {
        if (fields.includes(name)) found[name] = write(value);
        visit(found[name]);
      }
    };
    visit(spec);
  };

const BREAKAGES: readonly (readonly [string, Row, (object: Amendable) => void])[] = [
  ['weights that somebody moved', SPLIT, hand(['weight'], (weight) => (weight === 10 ? 20 : 80))],
  ['a match that nobody sends', HEADER_MATCH, hand(['exact', 'value'], (value) => (value === 'true' ? 'yes' : value))],
  ['one retry less', RETRIES, hand(['attempts'], (attempts) => (attempts === 3 ? 2 : attempts))],
  ['retries of every method', RETRIES, hand(['method'], () => ({ regex: '.*' }))],
  ['no timeout', TIMEOUT, hand(['timeout', 'timeouts'], () => undefined)],
  ['nothing ejected of two', EJECTION, hand(['maxEjectionPercent'], () => 10)],
  ['a fault of everything', ABORT, hand(['percentage'], () => ({ value: 100 }))],
  ['copies of everything', MIRROR, hand(['percentage', 'percent'], (share) => (typeof share === 'number' ? 100 : { value: 100 }))],
  ['a cookie that nobody gave', AFFINITY, hand(['regex', 'value'], (value) => String(value).replace('release=', 'leaf='))],
  ['a larger bucket', LIMIT, hand(['max_tokens'], () => 25)],
  ['a limit by another path', LIMIT_AT_GATEWAY, hand(['regex'], () => '/items.*')],
  ['a limit by the old path alone', LIMIT_BEHIND_REWRITE, hand(['regex'], () => '/v1/items.*')],
  ['a question that no rule takes', PREFLIGHT, hand(['OPTIONS', 'exact', 'method'], (word) => (word === 'OPTIONS' ? 'TRACE' : word))],
  ['a trusted proxy that is not there', ONE_TRUSTED, hand(['proxy.istio.io/config'], (text) => String(text).replace(':1', ':2'))],
  ['a token at another path', USERS_AT_GATEWAY, hand(['paths'], () => ['/other'])],
  ['a question about another path', ASKS_AT_GATEWAY, hand(['paths'], () => ['/other'])],
];

describe('the checks of a real Envoy fail', () => {
  forEachPlane((plane) => {
    const here = BREAKAGES.filter(([, { planes = [plane.name] }]) => planes.includes(plane.name));

    it.each(here)('for %s', async (_, row, amend) => {
      const envoy = await startRow(row, plane, amend);
      await expect(row.check(envoy)).rejects.toThrow(/expect\(/);
    });
  });
});

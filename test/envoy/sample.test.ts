import { forEachPlane } from '../for-each-plane';
import { type Row, startRow } from './row';
import { CALLERS } from './rows/callers';
import { FAULTS } from './rows/faults';
import { FLAGS } from './rows/flags';
import { GATEWAYS } from './rows/gateways';
import { RAW_OBJECTS } from './rows/raw-objects';
import { REFUSALS } from './rows/refusals';
import { RELEASES } from './rows/releases';
import { RESILIENCE } from './rows/resilience';
import { ROUTING } from './rows/routing';
import { SHAPING } from './rows/shaping';
import { USERS } from './rows/users';

const SAMPLE: Readonly<Record<string, readonly Row[]>> = {
  'a release': RELEASES,
  'a route': ROUTING,
  'a proxy': SHAPING,
  'a service': RESILIENCE,
  'a word for alerts': FLAGS,
  'a FaultInjection': FAULTS,
  'a grant': CALLERS,
  'a refusal': REFUSALS,
  'a user': USERS,
  'a gateway': GATEWAYS,
  'an object by hand': RAW_OBJECTS,
};

describe.each(Object.entries(SAMPLE))('in a real Envoy, %s', (_, rows) => {
  forEachPlane((plane) => {
    const here = rows.filter(({ planes = [plane.name] }) => planes.includes(plane.name));

    if (here.length === 0) return;
    it.each(here.map((row) => [row.what, row] as const))('%s', async (__, row) => {
      expect.hasAssertions();
      await row.check(await startRow(row, plane));
    });
  });
});

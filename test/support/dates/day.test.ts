import { isOver, requireDay } from '../../../lib/support/dates/day';
import { expectRefusal } from '../refusal';

describe('a day', () => {
  it.each(['2026-12-31', '2028-02-29'])('is one of the calendar: %s', (text) => {
    expect(requireDay('grant', 'until', text)).toBe(text);
  });

  it.each(['2026-02-30', '2027-02-29', '2026-13-01', '31.12.2026', '2026-1-1', '2026-12-31T00:00:00Z', 'tomorrow', '', '2026-12-31\n'])(
    'fails for %p',
    (text) => {
      expectRefusal(() => requireDay('grant', 'until', text), { code: 'MESH832', path: 'grant', fix: "'2026-12-31'" });
    },
  );

  it('is over on the next day, and never where nobody knows the day', () => {
    expect(['2026-12-30', '2026-12-31', '2027-01-01', undefined].map((day) => isOver('2026-12-31', day))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

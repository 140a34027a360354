import { requireSchedule, requireTimeZone } from '../../../lib/constructs/workload/pods/require-schedule';
import { newChart } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const at = newChart();

describe('a schedule', () => {
  it.each([
    '* * * * *',
    '? ? ? ? ?',
    '0,30 */2 1-15 JAN-mar,12 Mon',
    ' 5\t0 1 1 0 ',
    '5/15 0-23/2 * * SUN-SAT',
    '*/90 * * * *',
    '*-x * * * *',
    ', * * * *',
  ])('is taken as Kubernetes takes it: %p', (schedule) => {
    expect(requireSchedule(at, schedule)).toBe(schedule);
  });

  it.each(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', '@every 1h', '@every 1h30m5.5s', '@every 0'])(
    'may be the word %p',
    (schedule) => {
      expect(requireSchedule(at, schedule)).toBe(schedule);
    },
  );

  it.each([
    ['99 77 * * foo', ' (minute 99)'],
    ['0 77 * * foo', ' (hour 77)'],
    ['0 0 0 * *', ' (day 0)'],
    ['0 0 * 13 *', ' (month 13)'],
    ['0 0 * JANUARY *', ' (month JANUARY)'],
    ['0 0 * * 7', ' (weekday 7)'],
    ['0 0 * * FRI-MON', ' (weekday FRI-MON)'],
    ['MON * * * *', ' (minute MON)'],
    ['*/0 * * * *', ' (minute */0)'],
    ['*/x * * * *', ' (minute */x)'],
    ['1/2/3 * * * *', ' (minute 1/2/3)'],
    ['1-2-3 * * * *', ' (minute 1-2-3)'],
    ['-5 * * * *', ' (minute -5)'],
    ['TZ=UTC 0 0 * * *', ' (with a time zone)'],
    ['CRON_TZ=UTC 0 0 * * *', ' (with a time zone)'],
    ['@every', ''],
    ['@every day', ''],
    ['@Hourly', ''],
    ['@reboot', ''],
  ])('fails where Kubernetes takes none: %p', (schedule, wrong) => {
    const act = () => requireSchedule(at, schedule);
    expectRefusal(act, { code: 'MESH779', path: 'test', got: `${schedule}${wrong}\n`, fix: "write for example '30 6 * * 1'" });
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'Etc/UTC', 'Etc/GMT+5', 'US/Eastern', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires'])(
    'is %s',
    (timeZone) => {
      expect(requireTimeZone(at, timeZone)).toBe(timeZone);
    },
  );

  it.each(['Mars/Phobos', 'Local', 'local', 'europe/berlin', '+02:00', '../UTC', 'Europe//Berlin', ' UTC'])(
    'fails to be %p',
    (timeZone) => {
      const got = timeZone.startsWith(' ') ? `'${timeZone}'` : timeZone;
      expectRefusal(() => requireTimeZone(at, timeZone), { code: 'MESH824', path: 'test', got, fix: "write for example 'Europe/Berlin'" });
    },
  );

  it('is not empty', () => {
    expectRefusal(() => requireTimeZone(at, ''), { code: 'MESH824', path: 'test', fix: 'leave timeZone out' });
  });
});

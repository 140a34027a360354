import { App } from 'cdk8s';
import { today } from '../../../lib/support/dates/today';

const VARIABLE = 'ISTIO_CONSTRUCTS_TODAY';

function appOn(day?: string): App {
  const app = new App();
  if (day !== undefined) app.node.setContext('istio-constructs:today', day);
  return app;
}

describe('the day of synth', () => {
  const before = process.env[VARIABLE];

  afterEach(() => {
    if (before === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = before;
  });

  it("is the clock's, in UTC", () => {
    delete process.env[VARIABLE];
    const days = [new Date().toISOString(), today(appOn()), new Date().toISOString()].map((text) => text.slice(0, 10));
    expect([...days].sort()).toEqual(days);
  });

  it('is what a pipeline says, and before that what a test says', () => {
    process.env[VARIABLE] = '2026-12-01';
    expect([today(appOn()), today(appOn('2027-01-01'))]).toEqual(['2026-12-01', '2027-01-01']);
  });

  it('fails for what is no day', () => {
    process.env[VARIABLE] = 'next week';
    expect(() => today(appOn())).toThrow(/^MESH832 at the app: ISTIO_CONSTRUCTS_TODAY is a day of the calendar\n  got: next week/);
    expect(() => today(appOn('1.12.2026'))).toThrow(/^MESH832 at the app: context istio-constructs:today is .*\n  got: 1.12.2026/);
  });
});

import { CallSite } from '../../lib/support/call-site';

const HERE = /^test\/support\/call-site\.test\.ts:\d+:\d+$/;

describe('the line of user code', () => {
  it('is where the user called', () => {
    expect(CallSite.here().line).toMatch(HERE);
  });

  it('is found from an async function and from a constructor', async () => {
    class Wrapper {
      readonly site = CallSite.here();
    }
    expect(new Wrapper().site.line).toMatch(HERE);
    expect((await (async () => CallSite.here())()).line).toMatch(HERE);
  });

  it('comes with the lines that led to it, and none of a package', () => {
    const helper = (): CallSite => CallSite.ofError();
    const { line, userFrames } = helper();
    expect(userFrames.length).toBeGreaterThan(1);
    expect(userFrames[0]).toContain(line);
    expect(userFrames.filter((frame) => !frame.includes('call-site.test.ts'))).toEqual([]);
  });

  it('leaves the depth of other people’s stacks alone', () => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 3;
    CallSite.here();
    expect(Error.stackTraceLimit).toBe(3);
    Error.stackTraceLimit = before;
  });
});

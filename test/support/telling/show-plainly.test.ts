import { inspect } from 'node:util';
import { CallSite } from '../../../lib/support/call-site';
import { showPlainly } from '../../../lib/support/telling/show-plainly';

const FRAME = /^ {4}at .*show-plainly\.test\.ts:\d+:\d+\)?$/;

afterEach(() => delete process.env.ISTIO_CONSTRUCTS_DEBUG);

function shown(frames = CallSite.ofError().userFrames): Error {
  const error = new Error('what is wrong\n  fix: this');
  showPlainly(error, frames);
  return error;
}

describe('an error that is shown plainly', () => {
  it('is its message, and then nothing but lines of the user', () => {
    const [what, fix, ...frames] = shown().stack!.split('\n');

    expect([what, fix]).toEqual(['what is wrong', '  fix: this']);
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.filter((frame) => !FRAME.test(frame))).toEqual([]);
  });

  it('is printed so by Node', () => {
    const error = shown();

    expect(inspect(error)).toBe(error.stack);
  });

  it('may be given another stack, as tools do', () => {
    const error = shown();
    error.stack = 'mine';

    expect(error.stack).toBe('mine');
  });

  it('keeps its whole stack where somebody looks for a mistake of ours', () => {
    process.env.ISTIO_CONSTRUCTS_DEBUG = '1';

    expect(shown().stack).toMatch(/^Error: what is wrong[\s\S]*node_modules/);
  });

  it.each(['0', 'false', ''])('is plain when that is switched off by %p', (off) => {
    process.env.ISTIO_CONSTRUCTS_DEBUG = off;

    expect(shown().stack).not.toContain('node_modules');
  });

  it('keeps its whole stack where no line is the user’s', () => {
    expect(shown([]).stack).toMatch(/^Error: what is wrong[\s\S]*node_modules/);
  });
});

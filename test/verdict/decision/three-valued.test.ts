import { every, type Maybe, not, some } from '../../../lib/verdict/decision/three-valued';

const UNKNOWN: Maybe = undefined;

describe('answers of which some are unknown', () => {
  it('are all yes unless one is no', () => {
    expect([every([true, true]), every([true, UNKNOWN]), every([UNKNOWN, false]), every([])]).toEqual([true, UNKNOWN, false, true]);
  });

  it('have a yes unless all are no', () => {
    expect([some([false, true]), some([UNKNOWN, true]), some([UNKNOWN, false]), some([])]).toEqual([true, true, UNKNOWN, false]);
  });

  it('stay unknown when turned round', () => {
    expect([not(true), not(false), not(UNKNOWN)]).toEqual([false, true, UNKNOWN]);
  });
});

import { numbering } from '../../../../lib/verdict/reach/alike/question';

describe('numbers of things', () => {
  it('are the same for one thing, and others for others that look alike', () => {
    const numberOf = numbering();
    const [one, other] = [{ name: 'a' }, { name: 'a' }];
    expect([one, other, one].map(numberOf)).toEqual([0, 1, 0]);
  });
});

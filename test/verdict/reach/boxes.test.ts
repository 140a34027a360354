import { boxesOf } from '../../../lib/verdict/reach/boxes';

describe('boxes', () => {
  it('are one where all combinations are alike', () => {
    expect([...boxesOf([2, 3], () => 'yes')]).toEqual([
      [
        'yes',
        [
          [
            [0, 1],
            [0, 1, 2],
          ],
        ],
      ],
    ]);
  });

  it('join values that are alike from there on, and cover every combination once', () => {
    const answerTo = ([path, method]: readonly number[]) => (path !== 2 && method === 0 ? 'yes' : 'no');
    const boxes = boxesOf([3, 2], answerTo);
    expect(boxes.get('yes')).toEqual([[[0, 1], [0]]]);
    expect(boxes.get('no')).toEqual([
      [[0, 1], [1]],
      [[2], [0, 1]],
    ]);
  });

  it('need no dimension', () => {
    expect([...boxesOf([], () => 'yes')]).toEqual([['yes', [[]]]]);
  });
});

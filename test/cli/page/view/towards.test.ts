import { nearestTowards } from '../../../../lib/cli/page/view/towards';

const [middle, right, farRight, above] = [
  { x: 0, y: 0 },
  { x: 100, y: 10 },
  { x: 60, y: 200 },
  { x: 5, y: -80 },
];
const all = [middle, right, farRight, above];

describe('an arrow key', () => {
  it('goes to what lies in its direction, and rather straight on than near', () => {
    expect(nearestTowards('ArrowRight', middle, all)).toBe(right);
    expect(nearestTowards('ArrowUp', middle, all)).toBe(above);
    expect(nearestTowards('ArrowDown', right, all)).toBe(farRight);
  });

  it('goes nowhere where nothing is, and other keys do not', () => {
    expect(nearestTowards('ArrowLeft', middle, [middle, right])).toBeUndefined();
    expect(nearestTowards('Enter', middle, all)).toBeUndefined();
  });
});

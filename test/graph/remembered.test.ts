import { remembered } from '../../lib/graph/remembered';

function counting(keyOf: (thing: string) => unknown, answer: (thing: string) => unknown) {
  const asked: string[] = [];
  const ask = remembered(keyOf, (thing: string) => {
    asked.push(thing);
    return answer(thing);
  });
  return { ask, asked };
}

describe('what is remembered', () => {
  it('is computed once for each thing, and only when somebody asks', () => {
    const { ask, asked } = counting(
      (thing) => thing,
      (thing) => thing.length,
    );
    expect(asked).toEqual([]);
    expect([ask('cart'), ask('web'), ask('cart')]).toEqual([4, 3, 4]);
    expect(asked).toEqual(['cart', 'web']);
  });

  it('is one for things of one key', () => {
    const { ask, asked } = counting(
      (thing) => thing[0],
      (thing) => thing,
    );
    expect([ask('cart'), ask('cards'), asked]).toEqual(['cart', 'cart', ['cart']]);
  });

  it('is remembered too where it is that there is nothing', () => {
    const { ask, asked } = counting(
      (thing) => thing,
      () => undefined,
    );
    expect([ask('cart'), ask('cart'), asked.length]).toEqual([undefined, undefined, 1]);
  });
});

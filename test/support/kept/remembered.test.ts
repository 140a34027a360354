import { remembered } from '../../../lib/support/kept/remembered';

describe('answers about texts', () => {
  it('are worked out once for each text, also where there is none', () => {
    const asked: string[] = [];
    const lengthOf = remembered((text) => {
      asked.push(text);
      return text.length || undefined;
    });
    expect(['cart', '', 'cart', ''].map(lengthOf)).toEqual([4, undefined, 4, undefined]);
    expect(asked).toEqual(['cart', '']);
  });
});

import { jsonIn } from '../../../lib/support/yaml/json-in';

describe('a text of JSON', () => {
  it('is what it says', () => {
    expect(jsonIn('{"a": [1]}')).toEqual({ a: [1] });
  });

  it('is nothing where it is cut off', () => {
    expect(jsonIn('{"a": [1')).toBeUndefined();
  });
});

import { Deferred } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('Deferred', () => {
  it('marks a text, a number and a list, which give their ids back', () => {
    expect(Deferred.textId(Deferred.text(0))).toBe(0);
    expect(Deferred.numberId(Deferred.number(7))).toBe(7);
    expect(Deferred.listId(Deferred.list(8))).toBe(8);
  });

  it('cuts a text at its marks', () => {
    const text = `${Deferred.text(1)}.db:${String(Deferred.number(2))}${Deferred.list(3)[0]}!`;
    expect(Deferred.parts(text)).toEqual([{ id: 1 }, { literal: '.db:' }, { id: 2 }, { id: 3 }, { literal: '!' }]);
    expect([Deferred.parts('plain'), Deferred.parts('')]).toEqual([[{ literal: 'plain' }], []]);
    expect([Deferred.textId(text), Deferred.isDeferred(text), Deferred.isDeferred('plain')]).toEqual([undefined, true, false]);
  });

  it.each([-1, 0.5, 2 ** 32, NaN])('fails for the id %p', (id) => {
    const refusal = { code: 'MESH015', path: 'Deferred', fix: 'within these bounds', got: String(id) };
    expectRefusal(() => Deferred.text(id), refusal);
    expectRefusal(() => Deferred.number(id), refusal);
    expectRefusal(() => Deferred.list(id), refusal);
  });

  it('fails for a mark as an id', () => {
    expectRefusal(() => Deferred.text(Deferred.number(1)), { code: 'MESH037', path: 'Deferred', fix: 'when the program runs' });
  });
});

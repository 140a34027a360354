import { isMade, isMarked, isPatched, mark, markKind, markMade, markPatched, patchSiteOf } from '../../lib/support/marker';

const KIND = Symbol.for('istio-constructs.test.Kind');

describe('a mark of a type', () => {
  it('is known to another copy of the library, which has the same name for it', () => {
    const target = {};
    mark(target, KIND);
    expect(isMarked(target, Symbol.for('istio-constructs.test.Kind'))).toBe(true);
    expect(isMarked(target, Symbol('istio-constructs.test.Kind'))).toBe(false);
  });

  it('is not on what nobody marked, whatever it is', () => {
    expect([{}, null, undefined, 'text', 7, []].map((target) => isMarked(target, KIND))).toEqual(Array(6).fill(false));
  });

  it('does not show when the object is written or listed', () => {
    const target = { name: 'cart' };
    mark(target, KIND);
    expect([JSON.stringify(target), Object.keys(target), { ...target }]).toEqual(['{"name":"cart"}', ['name'], { name: 'cart' }]);
  });
});

describe('an object of this library', () => {
  it('is told from what stands beside it', () => {
    const object = { kind: 'Service' };
    expect(markMade(object)).toBe(object);
    expect([isMade(object), isMade({ kind: 'Service' })]).toEqual([true, false]);
  });

  it('is told from one that a user has patched, however often', () => {
    const object = markMade({ kind: 'Service' });
    expect(isPatched(object)).toBe(false);
    markPatched(object);
    markPatched(object);
    expect(isPatched(object)).toBe(true);
  });

  it('keeps the line where it was patched first', () => {
    const object = markMade({ kind: 'Service' });
    expect(patchSiteOf(object)).toBeUndefined();
    markPatched(object);
    const first = patchSiteOf(object)!.line;
    markPatched(object);
    expect([first, patchSiteOf(object)!.line]).toEqual([expect.stringMatching(/marker\.test\.ts:\d+:\d+$/), first]);
  });
});

describe('the class of a construct', () => {
  it('is the last that is said: one that extends another comes after it', () => {
    const construct = {};
    markKind(construct, 'MeshNamespace');
    markKind(construct, 'MyNamespace');
    expect((construct as Record<symbol, unknown>)[Symbol.for('istio-constructs.Kind')]).toBe('MyNamespace');
  });
});

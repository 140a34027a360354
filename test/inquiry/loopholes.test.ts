import { type ClosedPath, loopholesFix, loopholesIn, loopholesOf, loopholesText } from '../../lib/inquiry/loopholes';

/** Closed as a policy closes it, letter by letter. */
const closed = (path: string, shut: string = path): ClosedPath => ({ path, passes: (tried) => tried !== shut });

describe('ways of writing a closed path that pass', () => {
  it('are all that nothing closes', () => {
    expect(loopholesOf(closed('/admin')).map(({ path }) => path)).toEqual(expect.arrayContaining(['/ADMIN', '//admin', '/x/../admin']));
    expect(loopholesOf({ path: '/admin', passes: (path) => path === '//admin' })).toEqual([{ name: 'slashes', path: '//admin' }]);
  });

  it('are none where the path itself passes, or where nothing does', () => {
    expect(loopholesOf({ path: '/admin', passes: () => true })).toEqual([]);
    expect(loopholesOf({ path: '/admin', passes: () => false })).toEqual([]);
  });

  it('are those behind the end as well, of a pattern that says how paths end', () => {
    expect(loopholesOf(closed('*.bak', '/1.bak')).map(({ path }) => path)).toContain('/1.bak;x');
  });

  it('may be others, too, and each is told once', () => {
    const own = { ...closed('/admin'), more: [{ name: 'a door at the back', path: '/back' }] };
    const found = loopholesIn([own, own]);
    expect(found.filter(({ path }) => path === '/back')).toHaveLength(1);
    expect(new Set(found.map(({ path }) => path)).size).toBe(found.length);
  });

  it('are told with their names, and with what the mesh can do about them', () => {
    const [slashes, encoded] = [
      { name: 'slashes', path: '//admin' },
      { name: 'slashes written as %2F', path: '/x%2F..%2Fadmin' },
    ];
    expect(loopholesText([slashes, encoded])).toBe('slashes: //admin, slashes written as %2F: /x%2F..%2Fadmin');
    expect(loopholesFix([slashes, encoded])).toContain('PathNormalization.DECODE_AND_MERGE_SLASHES');
    expect(loopholesFix([slashes])).toBe('where the server takes none of these for the same path, acknowledge this');
  });
});

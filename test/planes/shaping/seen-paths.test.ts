import type { PathRule } from '../../../lib/model/route-features';
import { partsSeen } from '../../../lib/planes/shaping/seen-paths';

const at = (value: string, parts: Partial<PathRule> = {}): PathRule => ({
  at: { type: 'PathPrefix', value },
  isConditional: false,
  ...parts,
});
const STRIP = at('/cart', { change: { of: '/cart', to: '/' } });

const seen = (paths: string[], rules: PathRule[] = [STRIP], keeps = false) => partsSeen([{ methods: ['GET'], paths }], rules, keeps);

describe('a grant as the callee’s proxy sees its requests', () => {
  it('is in the words that arrive', () => {
    expect(seen(['/cart/items/*', '/cart'])).toEqual({ parts: [{ methods: ['GET'], paths: ['/', '/items/*'] }], unclear: [] });
  });

  it('stays as it is where nothing of it changes, or all is granted', () => {
    expect(seen(['/product/*']).parts).toEqual([{ methods: ['GET'], paths: ['/product/*'] }]);
    expect(seen([]).parts).toEqual([{ methods: ['GET'], paths: [] }]);
  });

  it('leaves out of what stays whatever is changed', () => {
    expect(seen(['/c*'], [at('/cart', { change: { of: '/cart', to: '/basket' } })]).parts).toEqual([
      { methods: ['GET'], paths: ['/basket', '/basket/*'] },
      { methods: ['GET'], paths: ['/c*'], notPaths: ['/cart', '/cart/*'] },
    ]);
  });

  it('leaves out of what changes whatever a narrower route takes', () => {
    expect(seen(['/cart/*'], [at('/cart/admin'), STRIP]).parts).toEqual([
      { methods: ['GET'], paths: ['/cart/admin', '/cart/admin/*'] },
      { methods: ['GET'], paths: ['/*'], notPaths: ['/admin', '/admin/*'] },
    ]);
  });

  it('is in both words where more than the path decides, or somebody may come past the route', () => {
    expect(seen(['/cart/*'], [{ ...STRIP, isConditional: true }]).parts).toEqual([{ methods: ['GET'], paths: ['/*', '/cart/*'] }]);
    expect(seen(['/cart/*'], [STRIP], true).parts).toEqual([{ methods: ['GET'], paths: ['/*', '/cart/*'] }]);
  });

  it('is one path where all become one', () => {
    expect(seen(['/cart/*'], [at('/cart', { change: { whole: '/closed' } })]).parts).toEqual([{ methods: ['GET'], paths: ['/closed'] }]);
  });

  it('tells which paths no policy has words for', () => {
    expect(seen(['*.png', '/cart/1']).unclear).toEqual(['*.png']);
    expect(seen(['*.png'], [at('/', { change: { of: '/', to: '/v1' } })]).unclear).toEqual(['*.png']);
  });
});

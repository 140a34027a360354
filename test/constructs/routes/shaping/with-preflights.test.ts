import { App } from 'cdk8s';
import { withPreflights } from '../../../../lib/constructs/routes/shaping/with-preflights';
import type { RouteMatch } from '../../../../lib/model/route';

const asking = (parts: Partial<RouteMatch>): RouteMatch => ({ headers: [], queryParams: [], ...parts });
const header = (name: string, value = 'x') => ({ name, type: 'Exact', value }) as const;
const path = { type: 'PathPrefix', value: '/a' } as const;
const withAsked = (...matches: RouteMatch[]) => withPreflights(new App(), matches);

describe('matches of a rule for pages of other sites', () => {
  it('stay as they are where the question looks like the request', () => {
    const matches = [asking({ path }), asking({ queryParams: [header('q')] }), asking({ method: 'OPTIONS', path })];
    expect(withAsked(...matches)).toEqual(matches);
    const said = asking({ headers: [header('origin'), header('user-agent')] });
    expect(withAsked(said)).toEqual([said]);
  });

  it('get one for the question where the method decides, in which it stands in a header', () => {
    const put = asking({ method: 'PUT', path, headers: [header('origin')] });
    const asked = { ...put, method: 'OPTIONS', headers: [header('origin'), header('access-control-request-method', 'PUT')] };
    expect(withAsked(put)).toEqual([put, asked]);
  });

  it.each([
    [{ headers: [header('x-tenant')] }, 'header x-tenant'],
    [{ cookies: [{ name: 'group', value: 'testers' }] }, 'cookie group'],
  ])('are refused by what no browser says beforehand: %j', (parts, named) => {
    expect(() => withAsked(asking({ path }), asking(parts))).toThrow(new RegExp(`MESH716[^]*${named}`));
  });
});

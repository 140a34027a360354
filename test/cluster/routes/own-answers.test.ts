import { filterAnswer, virtualAnswer } from '../../../lib/cluster/routes/own-answers';

describe('what a route of a VirtualService has its proxy answer', () => {
  it.each([
    [{ redirect: { uri: '/new', authority: 'a.com' } }, { status: 301, redirect: { path: '/new', host: 'a.com' } }],
    [
      { redirect: { scheme: 'https', derivePort: 'FROM_PROTOCOL_DEFAULT' } },
      { status: 301, redirect: { scheme: 'https', port: 'scheme' } },
    ],
    [{ redirect: { derivePort: 'FROM_REQUEST_PORT', redirectCode: 308 } }, { status: 308, redirect: { port: 'request' } }],
    [{ redirect: { port: 8443, prefixRewrite: '/v2', uri: '/lost' } }, { status: 301, redirect: { port: 8443, prefix: '/v2' } }],
    [{ directResponse: { status: 404 } }, { status: 404 }],
    [{ redirect: { uri: '', authority: '' } }, { status: 301, redirect: {} }],
  ])('is read: %j', (said, answer) => {
    expect(virtualAnswer(said)).toEqual(answer);
  });

  it('is nothing where requests are sent on', () => {
    expect(virtualAnswer({ route: [{ destination: { host: 'cart' } }] })).toBeUndefined();
  });
});

describe('what an HTTPRoute has its proxy answer', () => {
  const redirect = (requestRedirect: object) => filterAnswer([{ type: 'RequestRedirect', requestRedirect }]);

  it('keeps the port at which requests come in, unless a scheme brings its own', () => {
    expect(redirect({ hostname: 'a.com', statusCode: 301 })).toEqual({ status: 301, redirect: { host: 'a.com', port: 'request' } });
    expect(redirect({ scheme: 'https' })).toEqual({ status: 302, redirect: { scheme: 'https', port: 'scheme' } });
    expect(redirect({ scheme: 'https', port: 8443 })?.redirect?.port).toBe(8443);
  });

  it('swaps the path, or what a prefix matched of it', () => {
    expect(redirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/x' } })?.redirect).toMatchObject({ path: '/x' });
    expect(redirect({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } })?.redirect).toMatchObject({ prefix: '/x' });
  });

  it('is nothing where no filter redirects', () => {
    expect(filterAnswer([{ type: 'URLRewrite', urlRewrite: {} }])).toBeUndefined();
    expect(filterAnswer(undefined)).toBeUndefined();
  });
});

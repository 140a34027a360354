import { doorsOf, type ListenerFacts } from '../../../../lib/model/edge/listener';
import { renderHttpsRedirect } from '../../../../lib/render/routes/edge/redirect-route';

const listener: ListenerFacts = { kind: 'redirect', name: 'http', port: 80, hosts: ['a.example.com', 'b.example.com'], securePort: 443 };

describe('the way from HTTP to HTTPS', () => {
  const redirect = (facts: Partial<ListenerFacts> = {}) => renderHttpsRedirect('gateway', doorsOf({ ...listener, ...facts }));

  it('is an answer for every path and at every door of the listener', () => {
    const { parentRefs, rules } = redirect();
    expect(parentRefs?.map(({ sectionName }) => sectionName)).toEqual(['http-a-example-com', 'http-b-example-com']);
    expect(rules).toMatchObject([
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters: [{ requestRedirect: { scheme: 'https', statusCode: 301 } }] },
    ]);
    expect(rules?.[0].backendRefs).toBeUndefined();
  });

  it('names a port that is not the usual one', () => {
    const ports = [redirect(), redirect({ securePort: 8443 })].map(({ rules }) => rules?.[0].filters?.[0].requestRedirect?.port);
    expect(ports).toEqual([undefined, 8443]);
  });
});

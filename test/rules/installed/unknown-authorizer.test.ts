import { unknownAuthorizer } from '../../../lib/rules/installed/unknown-authorizer';
import { findings, raw } from '../model-builder';

const find = (spec: string, authorizerNames?: string[]) =>
  findings(unknownAuthorizer, {
    authorizerNames,
    objects: raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ask, namespace: shop }
spec: { ${spec} }
`),
  });

const ASK = 'action: CUSTOM, provider: { name: opa }, rules: [{}]';

describe(unknownAuthorizer.title, () => {
  it('takes a provider that the mesh has, and a mesh of which nobody knows the providers', () => {
    expect(find(ASK, ['oauth', 'opa'])).toEqual([]);
    expect(find(ASK)).toEqual([]);
    expect(find('action: DENY, rules: [{}]', [])).toEqual([]);
  });

  it('tells of another one, and which was meant', () => {
    expect(find(ASK, [])).toMatchObject([{ field: ['spec', 'provider', 'name'], got: 'opa; extensionProviders has none' }]);
    expect(find(ASK, ['opaa'])).toMatchObject([{ fix: 'did you mean opaa?' }]);
  });
});

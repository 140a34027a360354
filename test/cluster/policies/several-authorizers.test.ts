import { severalAuthorizers } from '../../../lib/cluster/policies/several-authorizers';
import { raw } from '../../rules/model-builder';

const policies = (...specs: readonly string[]) =>
  severalAuthorizers(
    raw(
      specs
        .map(
          (spec, index) =>
            `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: p${index}, namespace: shop }\nspec: ${spec}`,
        )
        .join('\n---\n'),
    ),
  ).map(({ name }) => name);

const question = (provider: string, app = 'cart') =>
  `{ action: CUSTOM, provider: { name: ${provider} }, selector: { matchLabels: { app: ${app} } }, rules: [{}] }`;

describe('several authorizers', () => {
  it('are asked where two policies of one place name others', () => {
    expect(policies(question('login'), question('waf'))).toEqual(['p0', 'p1']);
  });

  it('are not asked by one provider, in two places, or by other policies', () => {
    expect(policies(question('login'), question('login'))).toEqual([]);
    expect(policies(question('login'), question('waf', 'product'))).toEqual([]);
    expect(policies(question('login'), '{ action: DENY, selector: { matchLabels: { app: cart } }, rules: [{}] }')).toEqual([]);
  });
});

import { renderTenancyBinding, renderTenancyPolicy } from '../../../../lib/render/policies/tenancy/tenancy-policy';
import { BUYERS } from '../../../tenancy-attempts';

const buyers = { ...BUYERS, name: 'buyers', path: 'shop/buyers' };
const policy = (parts: Partial<typeof buyers> = {}) => renderTenancyPolicy({ ...buyers, ...parts }, 'cluster.local') as Policy;
interface Policy {
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly message: string; readonly reason: string }[];
  readonly matchConstraints: { readonly resourceRules: readonly object[] };
}

describe('the policy of a tenant', () => {
  it('says once what the tenant has', () => {
    const said = Object.fromEntries(policy().variables.map(({ name, expression }) => [name, expression]));
    expect(said).toMatchObject({
      hosts: '["shop.example.com","api.stripe.com"]',
      suffixes: '[".search.example.com",".shop.svc.cluster.local",".search.svc.cluster.local"]',
      gateways: '["ingress/edge","ingress/old-edge"]',
      blocks: '["203.0.113.0/24","2001:db8::/32"]',
    });
  });

  it('asks every version of a kind, when it is made and when it is changed', () => {
    for (const rule of policy().matchConstraints.resourceRules) {
      expect(rule).toMatchObject({ apiVersions: ['*'], operations: ['CREATE', 'UPDATE'] });
    }
  });

  it('tells whoever is refused what the tenant has', () => {
    const { validations } = policy({ gateways: [], addresses: [] });
    expect([...new Set(validations.map(({ message }) => message))]).toEqual([
      'tenant buyers may speak for these hosts alone: the Services of shop, search, shop.example.com, *.search.example.com, api.stripe.com',
      "tenant buyers may use its own gateways alone, and of Istio's Gateways no port for bytes",
      'tenant buyers may name no addresses',
    ]);
    expect(validations.every(({ reason }) => reason === 'Forbidden')).toBe(true);
  });

  it('holds in the namespaces of the tenant, by a label that nobody but the API server writes', () => {
    expect(renderTenancyBinding(buyers, 'tenancy-buyers')).toMatchObject({
      validationActions: ['Deny'],
      matchResources: { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', values: ['shop', 'search'] }] } },
    });
  });
});

import { wholeTrustDomain } from '../../../lib/rules/sources/whole-trust-domain';
import { call, findings, other, service } from '../model-builder';

const product = service('product');
const domain = (name: string) => other('callers', name, { principal: `${name}/*`, namespaceName: '', addresses: undefined });

describe(wholeTrustDomain.title, () => {
  it('takes a namespace, addresses, and a refusal of the whole domain', () => {
    const billing = other('callers', 'billing', { principal: 'cluster.local/ns/billing/sa/*', namespaceName: 'billing' });
    const office = other('callers', 'office', { principal: undefined, addresses: ['10.0.0.0/8'], namespaceName: '' });
    const calls = [call(billing, product), call(office, product), call(domain('far.example'), product, { action: 'DENY' })];
    expect(findings(wholeTrustDomain, { calls })).toEqual([]);
  });

  it('fails a grant to one, with its reason', () => {
    const calls = [call(domain('far.example'), product, { reason: 'partners' }), call(domain('cluster.local'), product)];
    const found = findings(wholeTrustDomain, { calls });
    expect(found.map(({ got }) => got).sort()).toEqual(['reason: none given', 'reason: partners']);
    expect(found.filter(({ message }) => message.includes('once this mesh takes certificates of it'))).toHaveLength(1);
  });
});

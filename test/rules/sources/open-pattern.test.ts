import { openPattern } from '../../../lib/rules/sources/open-pattern';
import { findings, raw } from '../model-builder';

const policy = (source: string, action = 'ALLOW') =>
  raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: office, namespace: shop }
spec: { action: ${action}, rules: [{ from: [{ source: { ${source} } }] }] }`);

describe(openPattern.title, () => {
  it.each([
    'namespaces: [shop]',
    'namespaces: ["*"]',
    'principals: ["cluster.local/ns/shop/sa/*"]',
    'principals: ["*/ns/shop/sa/web", "*"]',
  ])('takes %s', (source) => {
    expect(findings(openPattern, { objects: policy(source) })).toEqual([]);
  });

  it('takes a refusal, which only refuses more', () => {
    expect(findings(openPattern, { objects: policy('namespaces: ["shop*"]', 'DENY') })).toEqual([]);
  });

  it.each([
    ['namespaces: ["shop*"]', 'shop*'],
    ['namespaces: ["*shop"]', '*shop'],
    ['principals: ["cluster.local/ns/shop*"]', 'cluster.local/ns/shop*'],
    ['principals: ["*web"]', '*web'],
  ])('tells of %s', (source, got) => {
    expect(findings(openPattern, { objects: policy(source) })).toMatchObject([{ got }]);
  });
});

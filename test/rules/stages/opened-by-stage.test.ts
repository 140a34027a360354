import { openedByStage } from '../../../lib/rules/stages/opened-by-stage';
import { findings, made, namespace, raw } from '../model-builder';

const POLICY = `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: legacy, namespace: shop }
spec: { rules: [{ from: [{ source: { namespaces: [billing] } }] }] }`;
const NETWORK = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: legacy, namespace: shop }
spec: { podSelector: {} }`;
const at = (stage: 'observe' | 'allow-known' | undefined) => [namespace('shop', 'sidecar', { stage })];

describe(openedByStage.title, () => {
  it('tells of policies and NetworkPolicies of somebody else that let in some', () => {
    const objects = [...raw(POLICY), ...raw(NETWORK)];
    expect(findings(openedByStage, { namespaces: at('allow-known'), objects }).map(({ on }) => on.path)).toEqual([
      'raw/authorizationpolicy/legacy',
      'raw/networkpolicy/legacy',
    ]);
  });

  it('takes them at other stages, in other namespaces, and those of the library', () => {
    const objects = [...raw(POLICY), ...raw(NETWORK)];
    expect(findings(openedByStage, { namespaces: at('observe'), objects })).toEqual([]);
    expect(findings(openedByStage, { namespaces: at(undefined), objects })).toEqual([]);
    expect(findings(openedByStage, { namespaces: at('allow-known'), objects: raw(POLICY.replace('shop', 'web')) })).toEqual([]);
    expect(findings(openedByStage, { namespaces: at('allow-known'), objects: made(`${POLICY}\n---${NETWORK}`) })).toEqual([]);
  });

  it('takes refusals and dry runs, which add nothing that lets in', () => {
    const objects = [
      ...raw(POLICY.replace('rules:', 'action: DENY, rules:')),
      ...raw(POLICY.replace('namespace: shop', "namespace: shop, annotations: { istio.io/dry-run: 'true' }")),
    ];
    expect(findings(openedByStage, { namespaces: at('allow-known'), objects })).toEqual([]);
  });

  it('takes NetworkPolicies where the namespace has none of its own', () => {
    const namespaces = [namespace('shop', 'sidecar', { stage: 'allow-known', networkLayer: 'none' })];
    expect(findings(openedByStage, { namespaces, objects: raw(NETWORK) })).toEqual([]);
  });
});

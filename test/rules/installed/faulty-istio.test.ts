import { faultyIstio } from '../../../lib/rules/installed/faulty-istio';
import { findings, raw } from '../model-builder';

const POLICY = raw('apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: { name: bank, namespace: shop }');
const TOKENS = raw(
  'apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: { name: jwt, namespace: shop }\nspec: { jwtRules: [{ issuer: a }] }',
);

describe(faultyIstio.title, () => {
  it('is silent where nobody has said which Istio there is, and about patches that are mended', () => {
    expect(findings(faultyIstio, { objects: POLICY })).toEqual([]);
    expect(findings(faultyIstio, { objects: POLICY, istioVersion: '1.31.1' })).toEqual([]);
    expect(findings(faultyIstio, { objects: POLICY, istioVersion: '1.30.4' })).toEqual([]);
    expect(findings(faultyIstio, { objects: TOKENS, istioVersion: '1.29.2' })).toEqual([]);
  });

  it('tells of what goes wrong, and which patches have the repair', () => {
    expect(findings(faultyIstio, { objects: POLICY, istioVersion: '1.31.0' })).toMatchObject([
      {
        on: POLICY[0],
        message:
          'the mesh has Istio 1.31.0, which takes BackendTLSPolicy shop/bank and has a fault: sidecars send plaintext where its authorities are not found',
        got: 'Istio 1.31.0; mended in 1.30.4, 1.31.1',
      },
    ]);
    expect(findings(faultyIstio, { objects: TOKENS, istioVersion: '1.29.1' })).toMatchObject([
      { field: ['spec', 'jwtRules', 0, 'issuer'], got: 'Istio 1.29.1; mended in 1.29.2, 1.30.0' },
    ]);
  });

  it('leaves what is not known at all to another rule', () => {
    const objects = raw('apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: { name: bank, namespace: shop }');
    expect(findings(faultyIstio, { objects, istioVersion: '1.29.9' })).toEqual([]);
  });
});

import { disabledMtls } from '../../../lib/rules/mtls/disabled-mtls';
import { findings, namespace, raw } from '../model-builder';

const peer = (namespaceName: string, mode: string) =>
  raw(
    `{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: default, namespace: ${namespaceName} }, spec: { mtls: { mode: ${mode} } } }`,
  );

describe(disabledMtls.title, () => {
  it('takes STRICT, and leaves ambient namespaces to their own rule', () => {
    expect(findings(disabledMtls, { objects: peer('shop', 'STRICT'), namespaces: [namespace('shop', 'sidecar')] })).toEqual([]);
    expect(findings(disabledMtls, { objects: peer('shop', 'DISABLE'), namespaces: [namespace('shop', 'ambient')] })).toEqual([]);
  });

  it('fails DISABLE for sidecars', () => {
    const found = findings(disabledMtls, { objects: peer('shop', 'DISABLE'), namespaces: [namespace('shop', 'sidecar')] });
    expect(found).toMatchObject([{ on: { path: 'raw/peerauthentication/default' }, got: 'mode: DISABLE' }]);
  });

  it('fails DISABLE for the whole mesh', () => {
    expect(findings(disabledMtls, { objects: peer('istio-system', 'DISABLE') })).toHaveLength(1);
  });
});

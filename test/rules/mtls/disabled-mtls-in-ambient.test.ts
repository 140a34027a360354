import { disabledMtlsInAmbient } from '../../../lib/rules/mtls/disabled-mtls-in-ambient';
import { findings, namespace, raw } from '../model-builder';

const peer = (spec: string) =>
  raw(`{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: default, namespace: shop }, spec: { ${spec} } }`);

const find = (spec: string, plane: 'sidecar' | 'ambient') =>
  findings(disabledMtlsInAmbient, { objects: peer(spec), namespaces: [namespace('shop', plane)] });

describe(disabledMtlsInAmbient.title, () => {
  it('takes STRICT, and leaves sidecars to their own rule', () => {
    expect(find('mtls: { mode: STRICT }', 'ambient')).toEqual([]);
    expect(find('mtls: { mode: DISABLE }', 'sidecar')).toEqual([]);
  });

  it.each(['mtls: { mode: DISABLE }', 'selector: { matchLabels: { app: cart } }, portLevelMtls: { 8080: { mode: DISABLE } }'])(
    'fails %s in an ambient namespace',
    (spec) => {
      expect(find(spec, 'ambient')).toMatchObject([
        { on: { path: 'raw/peerauthentication/default' }, got: expect.stringContaining('DISABLE') },
      ]);
    },
  );
});

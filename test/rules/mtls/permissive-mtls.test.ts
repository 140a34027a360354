import { permissiveMtls } from '../../../lib/rules/mtls/permissive-mtls';
import { findings, raw } from '../model-builder';

const peer = (namespaceName: string, spec: string) =>
  raw(
    `{ apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${namespaceName}, namespace: ${namespaceName} }, spec: { ${spec} } }`,
  );

const find = (...objects: ReturnType<typeof raw>[]) => findings(permissiveMtls, { objects: objects.flat() });

const MESH_STRICT = peer('istio-system', 'mtls: { mode: STRICT }');

describe(permissiveMtls.title, () => {
  it('takes STRICT', () => {
    expect(find(peer('shop', 'mtls: { mode: STRICT }'))).toEqual([]);
  });

  it('fails PERMISSIVE, on a port as well', () => {
    const spec = 'mtls: { mode: PERMISSIVE }, portLevelMtls: { 8080: { mode: PERMISSIVE } }';
    expect(find(peer('shop', spec))).toMatchObject([
      { on: { path: 'raw/peerauthentication/shop' }, got: 'mode: PERMISSIVE, port 8080: PERMISSIVE' },
    ]);
    expect(find(peer('shop', 'mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } }'))).toHaveLength(1);
  });

  it.each(['', 'mtls: {}', 'mtls: { mode: UNSET }'])('fails "%s" unless the level above is strict', (spec) => {
    expect(find(peer('shop', spec))).toHaveLength(1);
    expect(find(peer('shop', spec), MESH_STRICT)).toEqual([]);
    expect(find(peer('istio-system', spec))).toHaveLength(1);
  });

  it('takes ports of ours that say why, and no other word of ours', () => {
    const ours = peer('shop', 'portLevelMtls: { 9443: { mode: PERMISSIVE } }').map((object) => ({ ...object, made: true }));
    expect(find(ours)).toEqual([]);
    expect(find(ours.map((object) => ({ ...object, patched: true })))).toHaveLength(1);
  });

  it('leaves DISABLE to its own rules', () => {
    expect(find(peer('shop', 'mtls: { mode: DISABLE }'))).toEqual([]);
  });
});

import type { MtlsMode } from '../../../lib/model/namespace-facts';
import { renderPeerAuthentication } from '../../../lib/render/policies/peer-authentication';

describe('a PeerAuthentication', () => {
  // Without a selector it is that of its namespace, and in the root namespace that of the mesh.
  it.each<MtlsMode>(['STRICT', 'PERMISSIVE', 'DISABLE'])('says %s to all pods of its namespace', (mode) => {
    expect(renderPeerAuthentication(mode)).toEqual({ mtls: { mode } });
  });
});

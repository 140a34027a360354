import type { MtlsMode } from '../../../lib/model/namespace-facts';
import { namespaceState } from '../../rules/model-builder';
import { renderPeerAuthentication, renderPlaintextPorts } from '../../../lib/render/policies/peer-authentication';

describe('a PeerAuthentication', () => {
  // Without a selector it is that of its namespace, and in the root namespace that of the mesh.
  it.each<MtlsMode>(['STRICT', 'PERMISSIVE', 'DISABLE'])('says %s to all pods of its namespace', (mode) => {
    expect(renderPeerAuthentication(mode)).toEqual({ mtls: { mode } });
  });

  it('says a mode for some ports of some pods, by the numbers that these have, and none for the others', () => {
    const port = { name: 'https', number: 443, targetPort: 9443, appProtocol: 'https', readsHttp: false };
    expect(renderPlaintextPorts({ app: 'operator' }, [port], namespaceState('ops', 'ambient'))).toEqual({
      selector: { matchLabels: { app: 'operator' } },
      portLevelMtls: { '9443': { mode: 'PERMISSIVE' } },
    });
  });
});

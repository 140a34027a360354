import type { MtlsMode } from '../../../lib/model/namespace-facts';
import { namespaceState } from '../../rules/model-builder';
import { renderPeerAuthentication, renderWorkloadMtls } from '../../../lib/render/policies/peer-authentication';

describe('a PeerAuthentication', () => {
  // Without a selector it is that of its namespace, and in the root namespace that of the mesh.
  it.each<MtlsMode>(['STRICT', 'PERMISSIVE', 'DISABLE'])('says %s to all pods of its namespace', (mode) => {
    expect(renderPeerAuthentication(mode)).toEqual({ mtls: { mode } });
  });

  it('says a mode for some ports of some pods, by the numbers that these have, and none for the others', () => {
    const port = { name: 'https', number: 443, targetPort: 9443, appProtocol: 'https', readsHttp: false };
    expect(renderWorkloadMtls({ app: 'operator' }, undefined, [port], namespaceState('ops', 'ambient'))).toEqual({
      selector: { matchLabels: { app: 'operator' } },
      portLevelMtls: { '9443': { mode: 'PERMISSIVE' } },
    });
  });

  it('says one mode for all ports of some pods, and another for those that have a word of their own', () => {
    const strict = { name: 'http', number: 80, targetPort: 8080, appProtocol: 'http', readsHttp: true, mtls: { mode: 'STRICT' } } as const;
    expect(renderWorkloadMtls({ app: 'cart' }, 'PERMISSIVE', [strict], namespaceState('shop', 'sidecar'))).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      mtls: { mode: 'PERMISSIVE' },
      portLevelMtls: { '8080': { mode: 'STRICT' } },
    });
    expect(renderWorkloadMtls({ app: 'cart' }, 'STRICT', [], namespaceState('shop', 'sidecar'))).toEqual({
      selector: { matchLabels: { app: 'cart' } },
      mtls: { mode: 'STRICT' },
    });
  });
});

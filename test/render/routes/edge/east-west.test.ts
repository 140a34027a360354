import { renderPassingGateway, renderTunnelGateway } from '../../../../lib/render/routes/edge/east-west';

describe('a gateway between networks', () => {
  it('ends the outer tunnel with the certificates of the mesh', () => {
    const { listeners } = renderTunnelGateway();
    expect(listeners).toMatchObject([{ tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } } }]);
  });

  it('passes on what asks for hosts of the mesh, by the suffix that they have', () => {
    expect(renderPassingGateway('cluster.local').servers).toMatchObject([
      { hosts: ['*.cluster.local'], tls: { mode: 'AUTO_PASSTHROUGH' } },
    ]);
  });
});

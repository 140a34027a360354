import { DataPlane, MeshNamespace } from 'istio-constructs';
import { findingCodes, newChart, service } from '../../builders';

function tried(caller: DataPlane, callee: DataPlane): string[] {
  const chart = newChart();
  const web = service(new MeshNamespace(chart, 'front', { dataPlane: caller }), 'web');
  const cart = service(new MeshNamespace(chart, 'shop', { dataPlane: callee }), 'cart');
  cart.access.deny(web, { dryRun: true });
  return findingCodes(chart).filter((code) => code === 'MESH280');
}

describe('MESH280', () => {
  it('stops a dry run of a caller that passes by the waypoint', () => {
    expect(tried(DataPlane.sidecar(), DataPlane.ambient())).toEqual(['MESH280']);
  });

  it('takes one that a sidecar or a waypoint notes', () => {
    expect(tried(DataPlane.sidecar(), DataPlane.sidecar())).toEqual([]);
    expect(tried(DataPlane.ambient(), DataPlane.ambient())).toEqual([]);
    expect(tried(DataPlane.ambient(), DataPlane.sidecar())).toEqual([]);
  });
});

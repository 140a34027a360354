import { planeOfProxy, PROXIES } from '../../../lib/cluster/workloads/proxies';

describe('the data plane of pods', () => {
  it('is that of who speaks for them, and none for gateways and outside the mesh', () => {
    expect(Object.values(PROXIES).map((proxy) => [proxy.name, planeOfProxy(proxy)])).toEqual([
      ['none', undefined],
      ['ztunnel', 'ambient'],
      ['sidecar', 'sidecar'],
      ['gateway', undefined],
      ['waypoint', undefined],
    ]);
  });
});

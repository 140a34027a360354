import { inboundPorts, takesPort } from '../../../lib/cluster/workloads/inbound-ports';
import { PROXIES } from '../../../lib/cluster/workloads/proxies';

const taken = (proxy: keyof typeof PROXIES, annotations: Readonly<Record<string, string>>) =>
  [8080, 9090].filter((port) => takesPort(inboundPorts(PROXIES[proxy], annotations), port));

const INCLUDED = 'traffic.sidecar.istio.io/includeInboundPorts';
const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';

describe('the ports of a pod that its proxy takes', () => {
  it('are all where nothing is said', () => {
    expect(taken('sidecar', {})).toEqual([8080, 9090]);
    expect(taken('ztunnel', {})).toEqual([8080, 9090]);
    expect(inboundPorts(PROXIES.sidecar, { [INCLUDED]: '*', [EXCLUDED]: '' })).toBeUndefined();
  });

  it('are those that are listed, without those that are excluded', () => {
    expect(taken('sidecar', { [EXCLUDED]: '15090, 9090' })).toEqual([8080]);
    expect(taken('sidecar', { [INCLUDED]: '8080' })).toEqual([8080]);
    expect(taken('sidecar', { [INCLUDED]: '8080,9090', [EXCLUDED]: '8080' })).toEqual([9090]);
    expect(taken('sidecar', { [INCLUDED]: '' })).toEqual([]);
  });

  it('are none where connections are not handed to it', () => {
    expect(taken('sidecar', { 'sidecar.istio.io/interceptionMode': 'NONE' })).toEqual([]);
    expect(taken('ztunnel', { 'ambient.istio.io/bypass-inbound-capture': 'true' })).toEqual([]);
    expect(taken('ztunnel', { 'ambient.istio.io/bypass-inbound-capture': 'false', [EXCLUDED]: '8080' })).toEqual([8080, 9090]);
  });
});

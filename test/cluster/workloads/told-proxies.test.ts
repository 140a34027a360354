import { PROXIES } from '../../../lib/cluster/workloads/proxies';
import { machineProxy, toldProxy } from '../../../lib/cluster/workloads/told-proxies';

const told = ({ name, takesMutualTls, takesTunnels }: typeof PROXIES.sidecar) => [name, takesMutualTls, takesTunnels];
const TLS = 'security.istio.io/tlsMode';
const TUNNEL = 'networking.istio.io/tunnel';

describe('a proxy as others are told of it', () => {
  it('takes mutual TLS at a pod, unless its labels say another mode', () => {
    expect(toldProxy(PROXIES.sidecar, {})).toBe(PROXIES.sidecar);
    expect(told(toldProxy(PROXIES.sidecar, { [TLS]: 'disabled' }))).toEqual(['sidecar', false, true]);
    expect(toldProxy(PROXIES.ztunnel, { [TLS]: 'disabled' })).toBe(PROXIES.ztunnel);
  });

  it.each([
    ['nothing', {}, undefined, false, false],
    ['an account', {}, 'vm', true, false],
    ['an empty account', {}, '', false, false],
    ['a mode', { [TLS]: 'istio' }, undefined, true, false],
    ['another mode', { [TLS]: 'disabled' }, 'vm', false, false],
    ['a tunnel', { [TUNNEL]: 'http' }, 'vm', true, true],
    ['some tunnels', { [TUNNEL]: 'other,http' }, undefined, false, true],
  ])('takes at a machine what it says: %s', (_, labels, serviceAccountName, takesMutualTls, takesTunnels) => {
    const proxy = machineProxy({ labels, annotations: {}, serviceAccountName });
    expect(told(proxy)).toEqual(['sidecar', takesMutualTls, takesTunnels]);
    expect(machineProxy({ labels, annotations: {}, serviceAccountName })).toBe(proxy);
  });

  it('is a ztunnel where a machine says so, to which others may be told to speak mutual TLS', () => {
    const annotations = { 'ambient.istio.io/redirection': 'enabled' };
    expect(machineProxy({ labels: {}, annotations })).toBe(PROXIES.ztunnel);
    expect(told(machineProxy({ labels: {}, annotations, serviceAccountName: 'vm' }))).toEqual(['ztunnel', true, true]);
  });
});

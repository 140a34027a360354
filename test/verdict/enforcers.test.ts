import { tryService } from '../../lib/cluster/services/services';
import { tryWorkload } from '../../lib/cluster/workloads/workloads';
import { enforcersOfPod, enforcersOfService } from '../../lib/verdict/enforcers';
import { nameOf } from '../../lib/verdict/travel/hop';
import { AMBIENT, BEHIND_WAYPOINT, CART, SIDECAR, cluster, namespace, waypoint } from './fixtures';

const MESHES: Readonly<Record<string, readonly string[]>> = {
  sidecars: [namespace('shop', SIDECAR)],
  ztunnels: [namespace('shop', AMBIENT)],
  'a waypoint for services': [namespace('shop', BEHIND_WAYPOINT), waypoint('service')],
  'a waypoint for pods': [namespace('shop', BEHIND_WAYPOINT), waypoint('workload')],
  'no mesh': [namespace('shop', '')],
};

describe('who enforces', () => {
  it.each([
    ['sidecars', ['sidecar shop/cart-v1', 'sidecar shop/cart-v2'], ['sidecar shop/cart-v1']],
    ['ztunnels', ['ztunnel shop/cart-v1', 'ztunnel shop/cart-v2'], ['ztunnel shop/cart-v1']],
    ['a waypoint for services', ['waypoint shop/waypoint', 'ztunnel shop/cart-v1', 'ztunnel shop/cart-v2'], ['ztunnel shop/cart-v1']],
    ['a waypoint for pods', ['ztunnel shop/cart-v1', 'ztunnel shop/cart-v2'], ['waypoint shop/waypoint', 'ztunnel shop/cart-v1']],
    ['no mesh', [], []],
  ])('is, with %s, for a service and for a pod', (name, ofService, ofPod) => {
    const mesh = cluster(...MESHES[name], CART);
    const service = tryService(mesh, 'Service', 'shop/cart')!;
    const pod = tryWorkload(mesh, 'shop/cart-v1')!;
    expect(enforcersOfService(mesh, service).map((one) => nameOf(one.pod))).toEqual(ofService);
    expect(enforcersOfPod(mesh, pod).map((one) => nameOf(one.pod))).toEqual(ofPod);
  });
});

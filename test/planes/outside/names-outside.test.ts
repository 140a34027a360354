import { namesOutside } from '../../../lib/planes/outside/names-outside';
import { namespaceState, other, TCP, waypointOf } from '../../rules/model-builder';

const addresses = ['10.20.0.0/24'];
const db = (parts: object = {}) => other('external', 'db', { host: 'db.example.com', ports: [TCP], addresses, ...parts });
const through = { key: 'egress:out', name: 'out', namespaceName: 'egress', podLabels: {}, host: 'out-istio.egress.svc.cluster.local' };
const [sidecar, ambient] = [namespaceState('shop', 'sidecar'), namespaceState('shop', 'ambient', { waypoint: waypointOf('shop') })];

describe('how a host outside is known', () => {
  it('by its addresses where proxies take them, of bytes in sidecar mode', () => {
    expect(namesOutside(db(), sidecar)).toEqual({ waypoint: undefined, meshHosts: undefined, knownAddresses: addresses });
    expect(namesOutside(db(), ambient)).toEqual({ waypoint: ambient.waypoint, meshHosts: undefined, knownAddresses: undefined });
    expect(namesOutside({ ...db(), kind: 'unmeshed' }, sidecar).knownAddresses).toBeUndefined();
  });

  it('by the gateway, to which a route leads in sidecar mode', () => {
    expect(namesOutside(db({ through }), sidecar)).toMatchObject({
      meshHosts: ['db.example.com', through.host],
      knownAddresses: undefined,
    });
    expect(namesOutside(db({ through }), ambient).meshHosts).toBeUndefined();
  });

  it('by no waypoint where it is called straight', () => {
    expect(namesOutside(db({ isStraightOut: true }), ambient)).toMatchObject({ waypoint: undefined, knownAddresses: addresses });
  });
});

import { readCluster } from '../../../../lib/cluster/cluster';
import { sidecarsOf } from '../../../../lib/rules/outside/reach/sidecars';
import { tlsMatchesFor } from '../../../../lib/rules/outside/reach/tls-routes';
import { raw } from '../../model-builder';
import { deployment, inMesh, scope, tlsRoute } from './raw-outside';

const API = 'api.example.com';
const found = (match: string, host = '*.example.com', ...more: string[]): number => {
  const cluster = readCluster(raw([inMesh('shop'), deployment('shop', 'web'), tlsRoute(API, match), ...more].join('---')));
  return tlsMatchesFor(cluster, sidecarsOf(cluster)[0], host, 443).length;
};

describe('routes of TLS that a sidecar follows', () => {
  it('are those of the host, and for a wildcard those of the names below it', () => {
    const match = `{ sniHosts: [${API}] }`;
    expect([found(match), found(match, API), found(match, 'example.com'), found(match, '*.example.org')]).toEqual([1, 1, 0, 0]);
    expect([found(match, API, scope('shop', 'egress/*')), found(match, API, scope('shop', './*'))]).toEqual([1, 0]);
  });

  it('are for this port and these pods', () => {
    const matches = ['port: 443', 'sourceLabels: { app: web }', 'sourceNamespace: shop', 'gateways: [mesh, way-out]'];
    expect(matches.map((more) => found(`{ sniHosts: [${API}], ${more} }`))).toEqual([1, 1, 1, 1]);
    const others = ['port: 8443', 'sourceLabels: { app: cart }', 'sourceNamespace: pay', 'gateways: [way-out]'];
    expect(others.map((more) => found(`{ sniHosts: [${API}], ${more} }`))).toEqual([0, 0, 0, 0]);
  });
});

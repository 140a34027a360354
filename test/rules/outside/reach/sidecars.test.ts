import { readCluster } from '../../../../lib/cluster/cluster';
import { servicesOf } from '../../../../lib/cluster/services/services';
import { isToldOf, sidecarsOf } from '../../../../lib/rules/outside/reach/sidecars';
import { raw } from '../../model-builder';
import { deployment, entry, inMesh, scope } from './raw-outside';

const told = (...yaml: string[]): boolean[] => {
  const cluster = readCluster(raw([inMesh('shop'), deployment('shop', 'web'), ...yaml].join('---')));
  return sidecarsOf(cluster).map((sidecar) => isToldOf(cluster, sidecar, servicesOf(cluster)[0], 443));
};

describe('the sidecars that the manifests have', () => {
  it('are told of what is exported to their namespace, and of no more than their own Sidecar object lists', () => {
    const api = (exportTo: string) =>
      entry('api', ['api.example.com'], '{ number: 443, name: tls, protocol: TLS }', `, exportTo: [${exportTo}]`);
    expect(told(api('"*"'))).toEqual([true]);
    expect(told(api('"~"'))).toEqual([false]);
    expect(told(api('egress'))).toEqual([false]);
    expect(told(api('"*"'), scope('shop', '"*/api.example.com"'))).toEqual([true]);
    expect(told(api('"*"'), scope('shop', './*'))).toEqual([false]);
  });

  it('are none in ambient mode, nor outside the mesh', () => {
    const cluster = readCluster(raw([inMesh('shop', 'ambient'), deployment('shop', 'web'), deployment('plain', 'web')].join('---')));
    expect(sidecarsOf(cluster)).toEqual([]);
  });
});

import { asStrangers, namedIn, strangers } from '../../lib/inquiry/strangers';
import { clusterFrom } from '../manifests';
import { service } from '../rules/model-builder';

const cluster = clusterFrom();
const principals = (clause: Readonly<Record<string, readonly string[]>>) => [
  ...new Set(namedIn(cluster, { from: [clause], to: [], when: [] }, 'shop').map(({ principal }) => principal)),
];

describe('somebody to try a door with', () => {
  it('is a pod without an identity, and one with an identity in either data plane', () => {
    expect(strangers(cluster).map(({ from }) => ('identity' in from ? from.identity.proxy : 'none'))).toEqual([
      'none',
      'sidecar',
      'ztunnel',
    ]);
  });

  it('is whoever a policy names, by pattern as well', () => {
    expect(
      principals({ principals: ['cluster.local/ns/ops/sa/robot', '*/ns/ops/sa/*', 'cluster.local/ns/dev/*', '*/sa/root', '*'] }),
    ).toEqual([
      'cluster.local/ns/ops/sa/robot',
      'cluster.local/ns/ops/sa/stranger',
      'cluster.local/ns/dev/sa/stranger',
      'cluster.local/ns/elsewhere/sa/root',
    ]);
    expect(principals({ namespaces: ['ops'] })).toEqual(['cluster.local/ns/ops/sa/stranger']);
    expect(principals({ serviceAccounts: ['robot', 'ops/robot'] })).toEqual([
      'cluster.local/ns/shop/sa/robot',
      'cluster.local/ns/ops/sa/robot',
    ]);
    expect(principals({ notNamespaces: ['ops'] })).toEqual([]);
  });

  it('is whoever a condition names', () => {
    const when = [{ key: 'source.namespace', values: ['ops'], notValues: [] }];
    const [first] = namedIn(cluster, { from: [], to: [], when }, 'shop');
    expect(first.principal).toBe('cluster.local/ns/ops/sa/stranger');
  });

  it('is somebody of the program by its identity alone', () => {
    expect(asStrangers(cluster, service('web')).map(({ name, principal }) => [name, principal])).toEqual([
      ['shop/web', 'cluster.local/ns/shop/sa/web'],
      ['shop/web', 'cluster.local/ns/shop/sa/web'],
    ]);
  });
});

import { relabel } from '../../../lib/render/kubernetes/relabel';

const BEFORE = { version: 'v1', address: 'cart-v1' };
const AFTER = { version: 'v2', address: 'cart-v2' };

const renamed = (value: unknown) => relabel(value, BEFORE, AFTER);

describe('a pod template under other labels', () => {
  it('has the labels of its version, and all others as they were', () => {
    const labels = { app: 'cart', version: 'v1', address: 'cart-v1', team: 'v1' };
    expect(renamed({ metadata: { labels } })).toEqual({
      metadata: { labels: { app: 'cart', version: 'v2', address: 'cart-v2', team: 'v1' } },
    });
  });

  it('keeps away from its own pods, not from those of the version that it was taken from', () => {
    const term = (labelSelector: object) => ({ topologyKey: 'kubernetes.io/hostname', labelSelector });
    const own = (name: string) => term({ matchExpressions: [{ key: 'address', operator: 'In', values: [name] }] });
    const affinity = (name: string, version: string) => ({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [own(name)],
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term({ matchLabels: { version } }) }],
      },
    });
    expect(renamed({ affinity: affinity('cart-v1', 'v1') })).toEqual({ affinity: affinity('cart-v2', 'v2') });
  });

  it('stays near others that it names', () => {
    const terms = [
      { matchLabels: { app: 'redis', version: 'v7' } },
      { matchExpressions: [{ key: 'address', operator: 'In', values: ['redis-v1'] }] },
      { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
    ];
    expect(renamed({ terms })).toEqual({ terms });
  });

  it('changes no other field, whatever its value and its name', () => {
    const pod = {
      containers: [{ name: 'version', image: 'v1', args: ['v1'], env: [{ name: 'version', value: 'v1' }] }],
      volumes: [{ name: 'data', csi: { volumeAttributes: { version: 'v1', labels: 'version=v1' } } }],
      hostname: null,
      priority: 1,
    };
    expect(renamed(pod)).toEqual(pod);
  });
});

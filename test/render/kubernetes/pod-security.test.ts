import { podSecurityLabels, podSecurityLevel } from '../../../lib/render/kubernetes/pod-security';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WARN = 'pod-security.kubernetes.io/warn';
const closed = { zeroTrust: true, owned: true };

describe('the pod security of a namespace', () => {
  it('is the strictest where it is closed and no pod has a sidecar', () => {
    expect(podSecurityLabels({ mode: 'ambient', ...closed })).toEqual({ [ENFORCE]: 'restricted', [WARN]: undefined });
  });

  it('only warns where Istio may add a container that the level refuses', () => {
    expect(podSecurityLabels({ mode: 'sidecar', ...closed })).toEqual({ [ENFORCE]: undefined, [WARN]: 'restricted' });
    expect(podSecurityLabels({ mode: 'sidecar', ...closed }, true)).toEqual({ [ENFORCE]: 'restricted', [WARN]: undefined });
  });

  it("only warns where others' pods ask for more, unless the level is asked for", () => {
    const restricted = { level: 'restricted' } as const;
    expect(podSecurityLabels({ mode: 'ambient', ...closed }, true, true)).toEqual({ [ENFORCE]: undefined, [WARN]: 'restricted' });
    expect(podSecurityLabels({ mode: 'ambient', ...closed, podSecurity: restricted }, true, true)).toEqual({
      [ENFORCE]: 'restricted',
      [WARN]: undefined,
    });
  });

  it('is not said of open namespaces and of those of others', () => {
    expect(podSecurityLabels({ mode: 'ambient', zeroTrust: false, owned: true })).toEqual({ [ENFORCE]: undefined, [WARN]: undefined });
    expect(podSecurityLabels({ mode: 'ambient', zeroTrust: true, owned: false })).toEqual({ [ENFORCE]: undefined, [WARN]: undefined });
  });

  it('is what somebody says', () => {
    const podSecurity = { level: 'baseline', reason: 'runs as root' } as const;
    expect(podSecurityLevel({ mode: 'sidecar', ...closed, podSecurity }, true)).toBe('baseline');
    expect(podSecurityLabels({ mode: 'sidecar', zeroTrust: false, owned: true, podSecurity })).toEqual({
      [ENFORCE]: 'baseline',
      [WARN]: undefined,
    });
  });
});

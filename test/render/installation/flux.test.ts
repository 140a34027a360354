import { renderHelmRelease, renderHelmRepository } from '../../../lib/render/installation/flux';
import { RELEASE } from './facts';

describe('what Flux installs', () => {
  it('is a chart with its values, in its namespace, after the one before it', () => {
    expect(renderHelmRelease(RELEASE, { ...RELEASE, name: 'istio-base' }, '1h')).toEqual({
      interval: '1h',
      releaseName: 'istiod',
      targetNamespace: 'istio-system',
      storageNamespace: 'istio-system',
      dependsOn: [{ name: 'istio-base' }],
      chart: { spec: { chart: 'istiod', version: '1.31.1', sourceRef: { kind: 'HelmRepository', name: 'istio' } } },
      install: { createNamespace: true, remediation: { retries: 3 } },
      upgrade: { remediation: { retries: 3 } },
      values: { profile: 'ambient' },
    });
    expect(renderHelmRelease(RELEASE, undefined, '1h')).not.toHaveProperty('dependsOn');
  });

  it('comes from a repository or from a registry', () => {
    expect(renderHelmRepository('https://charts.example.com', '1h')).toEqual({ url: 'https://charts.example.com', interval: '1h' });
    expect(renderHelmRepository('oci://registry.example.com', '1h')).toEqual({
      type: 'oci',
      url: 'oci://registry.example.com',
      interval: '1h',
    });
  });
});

import { renderApplication } from '../../../lib/render/installation/argo-cd';
import { RELEASE } from './facts';

describe('an Application of Argo CD', () => {
  it('has the chart with its values, and makes the namespace', () => {
    expect(renderApplication(RELEASE, { project: 'platform', destination: { server: 'https://10.0.0.1' } })).toMatchObject({
      project: 'platform',
      source: {
        repoURL: 'https://charts.example.com',
        chart: 'istiod',
        targetRevision: '1.31.1',
        helm: { releaseName: 'istiod', valuesObject: { profile: 'ambient' } },
      },
      destination: { server: 'https://10.0.0.1', namespace: 'istio-system' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: expect.arrayContaining(['CreateNamespace=true', 'ServerSideApply=true']),
      },
    });
  });

  it('prunes what a chart no longer has, but no definition of a kind', () => {
    const prunes = ['base', 'istiod', 'ztunnel'].map(
      (chart) => renderApplication({ ...RELEASE, chart }, { project: 'p', destination: { server: 's' } }).syncPolicy,
    );
    expect(prunes).toMatchObject([false, true, true].map((prune) => ({ automated: { prune } })));
  });

  it('takes strict validation and certificates from istiod, for its charts alone', () => {
    const ignored = (chart: string) =>
      renderApplication({ ...RELEASE, chart }, { project: 'p', destination: { server: 's' } }).ignoreDifferences;
    expect(ignored('base')).toEqual([
      {
        group: 'admissionregistration.k8s.io',
        kind: 'ValidatingWebhookConfiguration',
        jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
      },
    ]);
    expect(ignored('ztunnel')).toBeUndefined();
  });

  it('marks the namespace of istiod', () => {
    const marks = { labels: { 'topology.istio.io/network': 'near' } };
    expect(renderApplication(RELEASE, { project: 'p', destination: { server: 's' }, marks })).toMatchObject({
      syncPolicy: { managedNamespaceMetadata: marks },
    });
  });
});

import type { InstallationFacts } from '../../../../lib/model/installation/installation';
import { hasTags, renderRevisionTags } from '../../../../lib/render/installation/beside/revision-tags';
import { clusterFacts, factsOf } from '../facts';

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: object };
  readonly namespaceSelector: { readonly matchExpressions: object[] };
}

interface Tag {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: object };
  readonly webhooks?: readonly Webhook[];
  readonly spec?: object;
}

const tagsOf = (tags: string[], parts: Partial<InstallationFacts> = {}) =>
  renderRevisionTags(factsOf({ revisions: [{ name: 'blue', version: '1.31.1', tags }], ...parts })) as Tag[];

describe('tags of revisions', () => {
  it('are nothing where none are said', () => {
    expect(hasTags(factsOf())).toBe(false);
    expect(renderRevisionTags(factsOf())).toEqual([]);
  });

  it('lead namespaces and pods that name one to the control plane', () => {
    const [webhook, service] = tagsOf(['prod']);
    expect(webhook.metadata).toEqual({
      name: 'istio-revision-tag-prod',
      labels: expect.objectContaining({ 'istio.io/tag': 'prod', 'istio.io/rev': 'blue' }),
    });
    expect(webhook.webhooks!.map(({ name }) => name)).toEqual([
      'rev.namespace.sidecar-injector.istio.io',
      'rev.object.sidecar-injector.istio.io',
    ]);
    for (const { clientConfig } of webhook.webhooks!)
      expect(clientConfig.service).toEqual({ name: 'istiod-blue', namespace: 'istio-system', path: '/inject', port: 443 });
    expect(service).toMatchObject({
      kind: 'Service',
      metadata: { name: 'istiod-revision-tag-prod', namespace: 'istio-system' },
      spec: { selector: { app: 'istiod', 'istio.io/rev': 'blue' } },
    });
  });

  it('lead those that name none to the one with the tag default', () => {
    const [webhook] = tagsOf(['default']);
    expect(webhook.webhooks).toHaveLength(4);
    expect(webhook.webhooks![2].namespaceSelector.matchExpressions).toEqual([
      { key: 'istio-injection', operator: 'In', values: ['enabled'] },
    ]);
  });

  it('are told apart where Istio is somewhere else', () => {
    const [webhook, service] = tagsOf(['prod'], { namespaceName: 'mesh' });
    expect(webhook.metadata.name).toBe('istio-revision-tag-prod-mesh');
    expect(webhook.webhooks![0].clientConfig.service).toMatchObject({ namespace: 'mesh' });
    expect(service.metadata.namespace).toBe('mesh');
  });

  it('tell the istiod of another cluster whose pods they are, and have no pods of it here', () => {
    const mesh = { ...factsOf().mesh, cluster: clusterFacts('west', 'far') };
    const tags = tagsOf(['prod'], { mesh, role: { isRemote: true, primary: 'east', discoveryAddress: '203.0.113.10' } });
    expect(tags.map(({ kind }) => kind)).toEqual(['MutatingWebhookConfiguration']);
    expect(tags[0].webhooks![0].clientConfig.service).toMatchObject({ path: '/inject/cluster/west/net/far' });
  });
});

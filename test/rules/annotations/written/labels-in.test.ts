import { rawLabels } from '../../../../lib/rules/annotations/written/labels-in';
import { emptyModel, made, raw } from '../../model-builder';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop, labels: { app: cart, team: a } }
spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app, image: cart }] } } }
`;

describe('labels', () => {
  it('are those of an object and of the pods that it makes, and say whether the pods have them too', () => {
    expect(rawLabels(emptyModel({ objects: raw(DEPLOYMENT) }))).toMatchObject([
      { title: 'Deployment shop/cart', kind: 'Deployment', name: 'app', inTemplate: true, field: ['metadata', 'labels', 'app'] },
      { name: 'team', inTemplate: false },
      { title: 'the template of Deployment shop/cart', kind: 'Pod', name: 'app', field: ['spec', 'template', 'metadata', 'labels', 'app'] },
    ]);
  });

  it('are not asked of what constructs make', () => {
    expect(rawLabels(emptyModel({ objects: made(DEPLOYMENT) }))).toEqual([]);
  });
});

import { unsaidPlane } from '../../../lib/rules/joining/unsaid-plane';
import { findings, raw } from '../model-builder';
import { namespace, pod } from '../in-few-words';

const find = (text: string) => findings(unsaidPlane, { objects: raw(text.replace(/---$/, '')) });

const MESH = namespace('shop', 'istio.io/dataplane-mode: ambient') + pod('shop');

describe(unsaidPlane.title, () => {
  it.each([
    ['that says yes', namespace('billing', 'istio.io/rev: canary') + pod('billing')],
    ['that says no', namespace('billing', 'istio-injection: disabled') + pod('billing')],
    ['without pods', namespace('billing')],
    ['whose pods say it themselves', namespace('billing') + pod('billing', 'sidecar.istio.io/inject: "false"')],
    ['of the system', namespace('kube-system') + pod('kube-system')],
  ])('takes one %s', (_, text) => {
    expect(find(MESH + text)).toEqual([]);
  });

  it('takes manifests without a mesh', () => {
    expect(find(namespace('billing') + pod('billing'))).toEqual([]);
  });

  it('tells of one whose pods stay outside', () => {
    expect(find(MESH + namespace('billing') + pod('billing'))).toMatchObject([
      { message: expect.stringMatching(/^Namespace billing does not say /), got: 'pods of billing/cart' },
    ]);
  });
});

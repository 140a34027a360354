import { unfilledImage } from '../../../lib/rules/joining/unfilled-image';
import { findings, raw } from '../model-builder';
import { namespace, pod } from '../in-few-words';

const waiting = (namespaceName: string, labels = '') => pod(namespaceName, labels, 'name: istio-proxy, image: auto');

const find = (text: string) => findings(unfilledImage, { objects: raw(text.replace(/---$/, '')) });

describe(unfilledImage.title, () => {
  it('takes pods that the injector is asked about', () => {
    expect(find(namespace('edge', 'istio-injection: enabled') + waiting('edge'))).toEqual([]);
    expect(find(namespace('edge') + waiting('edge', 'sidecar.istio.io/inject: "true"'))).toEqual([]);
  });

  it('fails pods of which nobody asks it', () => {
    expect(find(namespace('edge') + waiting('edge'))).toMatchObject([{ got: 'image: auto', field: ['spec', 'containers', 0, 'image'] }]);
    expect(find(namespace('edge', 'istio-injection: enabled') + waiting('edge', 'sidecar.istio.io/inject: "false"'))).toHaveLength(1);
  });
});

import { chartPlaceOf, helmCommands, istioctlCommands, operatorFileOf, valuesFileOf } from '../../../lib/render/installation/commands';
import { factsOf } from './facts';

const { mesh } = factsOf();

describe('commands', () => {
  it('install by Helm, chart by chart', () => {
    expect(helmCommands(factsOf())).toEqual([
      'kubectl apply --server-side --filename https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.3/standard-install.yaml',
      'helm upgrade --install istio-base base --repo https://charts.example.com --version 1.31.1 --namespace istio-system --create-namespace --values istio-base.values.yaml --wait',
      'helm upgrade --install istiod istiod --repo https://charts.example.com --version 1.31.1 --namespace istio-system --create-namespace --values istiod.values.yaml --wait',
    ]);
  });

  it('take charts from a registry of images', () => {
    const facts = factsOf({ chartRepository: 'oci://registry.example.com/charts' });
    expect(chartPlaceOf(facts, 'base')).toEqual(['oci://registry.example.com/charts/base']);
    expect(helmCommands(facts)[1]).toContain('istio-base oci://registry.example.com/charts/base --version');
  });

  it('install by istioctl, and set tags', () => {
    const revisions = [{ name: 'blue', version: '1.31.1', tags: ['prod'] }];
    const [definitions, ...lines] = istioctlCommands(factsOf({ revisions, mesh: { ...mesh, gatewayApi: '1.5' } }));
    expect(definitions).toContain('/v1.5.1/');
    expect(lines).toEqual([
      'istioctl install --filename istioctl-blue.yaml --skip-confirmation',
      'istioctl tag set prod --revision blue --overwrite',
    ]);
  });

  it('name files', () => {
    expect([valuesFileOf({ name: 'istiod' }), operatorFileOf(), operatorFileOf('blue')]).toEqual([
      'istiod.values.yaml',
      'istioctl.yaml',
      'istioctl-blue.yaml',
    ]);
  });
});

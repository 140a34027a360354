import {
  chartPlaceOf,
  hasGatewaysFile,
  helmCommands,
  istioctlCommands,
  operatorFileOf,
  valuesFileOf,
} from '../../../lib/render/installation/commands';
import { clusterFacts, factsOf } from './facts';

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

  it('say in a mesh of several clusters which one is meant, and mark the namespace of istiod before it is there', () => {
    const revisions = [{ name: 'blue', version: '1.31.1', tags: ['prod'] }];
    const facts = factsOf({ mesh: { ...mesh, cluster: clusterFacts('east', 'near') }, contexts: { east: 'e' }, revisions });
    const marks = [
      'kubectl create namespace istio-system --dry-run=client --output yaml | kubectl apply --context e --server-side --filename -',
      'kubectl label --context e namespace istio-system topology.istio.io/network=near --overwrite',
    ];
    const [definitions, ...helm] = helmCommands(facts);
    expect(definitions).toMatch(/^kubectl apply --context e --server-side --filename https:/);
    expect(helm.slice(0, 2)).toEqual(marks);
    const tags = helm.pop();
    expect(tags).toBe('kubectl apply --context e --server-side --force-conflicts --filename revision-tags.yaml');
    expect(helm.slice(2)).toEqual(helm.slice(2).map(() => expect.stringMatching(/^helm upgrade .* --kube-context e --values/)));
    expect(istioctlCommands(facts).slice(1)).toEqual([
      ...marks,
      'istioctl install --context e --filename istioctl-blue.yaml --skip-confirmation',
      'istioctl tag set prod --context e --revision blue --overwrite',
    ]);
  });

  it('make a remote cluster known to its primary before its gateways start', () => {
    const facts = factsOf({
      mesh: { ...mesh, cluster: clusterFacts('west') },
      role: { isRemote: true, primary: 'east', discoveryAddress: '203.0.113.10' },
      gateways: [{ name: 'between', way: 'east-west', pods: {} }],
    });
    const annotation = 'kubectl annotate --context west namespace istio-system topology.istio.io/controlPlaneClusters=east --overwrite';
    const secret = 'istioctl create-remote-secret --context west --name west | kubectl apply --context east --server-side --filename -';
    const [helm, istioctl] = [helmCommands(facts), istioctlCommands(facts)];
    expect([helm[2], istioctl[2]]).toEqual([annotation, annotation]);
    expect(helm.slice(3).map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'helm upgrade --install istio-base',
      'helm upgrade --install istiod',
      'istioctl create-remote-secret --context west',
      'helm upgrade --install between',
    ]);
    expect(istioctl.slice(3)).toEqual([
      'istioctl install --context west --filename istioctl.yaml --skip-confirmation',
      secret,
      'istioctl install --context west --filename gateways.istioctl.yaml --skip-confirmation',
    ]);
    expect(hasGatewaysFile(facts)).toBe(true);
    expect(istioctlCommands({ ...facts, gateways: [] }).at(-1)).toBe(secret);
  });

  it('open the gateway of a primary to istiod at the end', () => {
    const facts = factsOf({
      mesh: { ...mesh, cluster: clusterFacts('east') },
      role: { isRemote: false, remotes: ['west'] },
      gateways: [{ name: 'between', way: 'east-west', pods: {} }],
    });
    const open = 'kubectl apply --context east --server-side --filename expose-istiod.yaml';
    expect([helmCommands(facts).at(-1), istioctlCommands(facts).at(-1)]).toEqual([open, open]);
    expect(hasGatewaysFile(facts)).toBe(false);
  });

  it('name files', () => {
    expect([valuesFileOf({ name: 'istiod' }), operatorFileOf(), operatorFileOf('blue')]).toEqual([
      'istiod.values.yaml',
      'istioctl.yaml',
      'istioctl-blue.yaml',
    ]);
  });
});

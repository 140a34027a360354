import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type CanaryRelease, DataPlane } from 'istio-constructs';
import { canary, manifest, shop, type Shop } from '../../builders';

type Fields = Record<string, any>;

interface Released extends Shop {
  readonly release: CanaryRelease;
}

function released(cart: Parameters<typeof shop>[1] = {}): Released {
  const one = shop({ dataPlane: DataPlane.sidecar() }, cart);
  return { ...one, release: canary(one.cart) };
}

const podsOf = ({ chart }: Shop, version: string) => (manifest(chart, 'Deployment', `cart-${version}`).spec as Fields).template as Fields;

/** The pods of the service and of its canary, after something was added. */
function both(add: (one: Released) => void): { v1: Fields; v2: Fields } {
  const one = released();
  add(one);
  return { v1: podsOf(one, 'v1'), v2: podsOf(one, 'v2') };
}

const patch = (deployment: kplus.Deployment, ...ops: JsonPatch[]) => ApiObject.of(deployment).addJsonPatch(...ops);

const SECURITY = '/spec/template/spec/securityContext';
const CONTAINER = '/spec/template/spec/containers/0';

describe('the pods of a canary', () => {
  it.each<[string, string, (one: Released) => void]>([
    ['volumes', 'volumes', ({ chart, cart }) => cart.deployment!.addVolume(kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp'))],
    [
      'mounts',
      'containers.0.volumeMounts',
      ({ chart, cart }) => cart.deployment!.containers[0].mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp')),
    ],
    [
      'values from a Secret in the environment',
      'containers.0.env',
      ({ chart, cart }) => {
        const secret = kplus.Secret.fromSecretName(chart, 'keys', 'cart-keys');
        cart.deployment!.containers[0].env.addVariable('TOKEN', kplus.EnvValue.fromSecretValue({ secret, key: 'token' }));
      },
    ],
    ['init containers', 'initContainers', ({ cart }) => cart.deployment!.addInitContainer({ name: 'migrate', image: 'migrate:1' })],
    ['more containers', 'containers.1', ({ cart }) => cart.deployment!.addContainer({ name: 'exporter', image: 'exporter:1' })],
    [
      'tolerations',
      'tolerations',
      ({ cart }) => cart.deployment!.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('gpu'))),
    ],
    ['patches of the security context', 'securityContext', ({ cart }) => patch(cart.deployment!, JsonPatch.add(`${SECURITY}/fsGroup`, 7))],
    [
      'patches of the probes',
      'containers.0.livenessProbe',
      ({ cart }) => patch(cart.deployment!, JsonPatch.replace(`${CONTAINER}/livenessProbe/failureThreshold`, 2)),
    ],
  ])('have what was added to those of the service: %s', (_, path, add) => {
    const [before, after] = [both(() => undefined), both(add)];
    expect(after.v1).toHaveProperty(`spec.${path}`);
    const added = (pods: Fields) => path.split('.').reduce((value: any, key) => value?.[key], pods.spec);
    expect(added(after.v1)).not.toEqual(added(before.v1));
    expect(added(after.v2)).toEqual(added(after.v1));
  });

  it('have the annotations that were added to those of the service, and their own', () => {
    const { v1, v2 } = both(({ cart, release }) => {
      release.deployment!.podMetadata.addAnnotation('trial', 'yes');
      cart.deployment!.podMetadata.addAnnotation('team', 'buy');
    });
    expect(v1.metadata.annotations).toEqual({ team: 'buy' });
    expect(v2.metadata.annotations).toEqual({ ...v1.metadata.annotations, trial: 'yes' });
  });

  it('keep away from one another, where those of the service keep away from one another', () => {
    const { v1, v2 } = both(({ cart }) => cart.deployment!.scheduling.separate(cart.deployment!));
    const [term] = v1.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(JSON.stringify(term.labelSelector)).toContain('cart-v1');
    expect(JSON.stringify(v2.spec.affinity)).toBe(JSON.stringify(v1.spec.affinity).replaceAll('cart-v1', 'cart-v2'));
  });

  it('keep their own image and the labels of their version, whatever is added', () => {
    const { v1, v2 } = both(({ cart }) => cart.deployment!.podMetadata.addLabel('team', 'buy'));
    expect(v2.metadata.labels).toEqual({
      ...v1.metadata.labels,
      version: 'v2',
      'app.kubernetes.io/version': 'v2',
      [kplus.Pod.ADDRESS_LABEL]: 'cart-v2',
    });
    expect(v2.metadata.labels.team).toBe('buy');
    expect(v2.spec.containers[0]).toEqual({ ...v1.spec.containers[0], image: 'registry.example.com/canary:2.0.0' });
  });

  it('run their image in the container of the service, where another is put before it', () => {
    const proxy = { name: 'auth', image: 'auth:1' };
    const { v2 } = both(({ cart }) => patch(cart.deployment!, JsonPatch.add(CONTAINER, proxy)));
    expect(v2.spec.containers.map(({ name, image }: Fields) => [name, image])).toEqual([
      ['auth', 'auth:1'],
      ['cart', 'registry.example.com/canary:2.0.0'],
    ]);
  });

  it('keep what was said of them alone', () => {
    const { v1, v2 } = both(({ cart, release }) => {
      const own = release.deployment!;
      own.containers[0].env.addVariable('TRIAL', kplus.EnvValue.fromValue('yes'));
      patch(own, JsonPatch.replace(`${CONTAINER}/resources/limits/memory`, '1Gi'), JsonPatch.remove(`${CONTAINER}/livenessProbe`));
      cart.deployment!.containers[0].env.addVariable('LEVEL', kplus.EnvValue.fromValue('debug'));
    });
    const [stable, trial] = [v1.spec.containers[0], v2.spec.containers[0]];
    expect(trial.env).toEqual([...stable.env, { name: 'TRIAL', value: 'yes' }]);
    expect(trial.resources).toEqual({ ...stable.resources, limits: { memory: '1Gi' } });
    expect([stable.livenessProbe === undefined, trial.livenessProbe]).toEqual([false, undefined]);
  });

  it('lose what was taken from those of the service', () => {
    const { v2 } = both(({ cart }) =>
      patch(cart.deployment!, JsonPatch.remove(`${CONTAINER}/readinessProbe`), JsonPatch.remove(`${SECURITY}/seccompProfile`)),
    );
    expect(v2.spec.containers[0]).not.toHaveProperty('readinessProbe');
    expect(v2.spec.securityContext).toEqual(expect.not.objectContaining({ seccompProfile: expect.anything() }));
    expect(v2.spec.securityContext).toMatchObject({ runAsNonRoot: true });
  });

  it('are as many as the release says: only pods follow, not their number or their names', () => {
    const one = shop({ dataPlane: DataPlane.ambient() }, { replicas: 5 });
    canary(one.cart, { canary: { version: 'v2', image: 'cart:2', replicas: 1 } });
    patch(one.cart.deployment!, JsonPatch.replace('/spec/replicas', 9), JsonPatch.add('/metadata/annotations', { team: 'buy' }));
    const second = manifest(one.chart, 'Deployment', 'cart-v2');
    expect(second.spec).toMatchObject({ replicas: 1, selector: { matchLabels: { app: 'cart', version: 'v2' } } });
    expect(second.metadata).not.toHaveProperty('annotations');
  });
});

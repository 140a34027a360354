import * as kplus from 'cdk8s-plus-28';
import { MeshedService, MeshNamespace, MeshPort, WorkloadProbe } from 'istio-constructs';
import { type Manifest, manifest, names, newChart, service, shop, spec } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { expectRefusal } from '../../support/refusal';

const PODS = 'spec.template.spec';
const CONTAINER = `${PODS}.containers.0`;

describe('the pods of a MeshedService', () => {
  forEachPlane((plane) => {
    function deploymentOf(props: Parameters<typeof shop>[1] = {}): Manifest {
      return manifest(shop(plane, props).chart, 'Deployment', 'cart-v1', 'shop');
    }

    it('run under an account of their own, without its token', () => {
      const { chart, cart } = shop(plane);
      expect(manifest(chart, 'ServiceAccount', 'cart', 'shop')).toMatchObject({ automountServiceAccountToken: false });
      expect(deploymentOf()).toHaveProperty(`${PODS}.serviceAccountName`, 'cart');
      expect(deploymentOf()).toHaveProperty(`${PODS}.automountServiceAccountToken`, false);
      expect(cart).toMatchObject({ serviceAccountName: 'cart', principal: 'cluster.local/ns/shop/sa/cart' });
    });

    it('say which service and version they are, from the first day', () => {
      const labels = { app: 'cart', version: 'v1', 'app.kubernetes.io/name': 'cart', 'app.kubernetes.io/version': 'v1' };
      const deployment = deploymentOf();
      expect(deployment.metadata.labels).toEqual({ ...labels, 'app.kubernetes.io/managed-by': 'istio-constructs' });
      expect(deployment).toHaveProperty('spec.template.metadata.labels', expect.objectContaining(labels));
    });

    it('are selected by service and version alone', () => {
      const { chart } = shop(plane, { version: 'v3' });
      expect(spec(chart, 'Deployment', 'cart-v3')).toHaveProperty('selector', { matchLabels: { app: 'cart', version: 'v3' } });
      expect(spec(chart, 'Service', 'cart').selector).toEqual({ app: 'cart' });
    });

    it('are never found by a label that depends on the place in the tree', () => {
      const path = 'spec.template.metadata.labels';
      const elsewhere = newChart('other');
      service(new MeshNamespace(elsewhere, 'deep', { name: 'shop', dataPlane: plane.dataPlane }), 'basket', { name: 'cart' });
      const [here, there] = [deploymentOf(), manifest(elsewhere, 'Deployment', 'cart-v1')];
      expect(there).toHaveProperty(path, (here.spec!.template as { metadata: { labels: object } }).metadata.labels);
    });

    it('keep what they need, and are stopped above a limit of memory', () => {
      expect(deploymentOf()).toHaveProperty(`${CONTAINER}.resources`, {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '256Mi' },
      });
      const resources = { cpuMillis: 250, memoryMebibytes: 512 };
      expect(deploymentOf({ resources })).toHaveProperty(`${CONTAINER}.resources`, {
        requests: { cpu: '250m', memory: '512Mi' },
        limits: { memory: '1024Mi' },
      });
    });

    it('are probed on their first port unless said otherwise', () => {
      const deployment = deploymentOf({ ports: [MeshPort.http(80, { targetPort: 8080 }), MeshPort.tcp(9000)] });
      expect(deployment).toHaveProperty(`${CONTAINER}.readinessProbe.tcpSocket`, { port: 8080 });
      expect(deployment).toHaveProperty(`${CONTAINER}.livenessProbe.tcpSocket`, { port: 8080 });
      expect(deployment).toHaveProperty(`${CONTAINER}.livenessProbe.failureThreshold`, 6);
    });

    it('are probed as said', () => {
      const deployment = deploymentOf({ readiness: WorkloadProbe.http('/ready'), liveness: WorkloadProbe.tcp({ port: 9901 }) });
      expect(deployment).toHaveProperty(`${CONTAINER}.readinessProbe.httpGet`, expect.objectContaining({ path: '/ready', port: 8080 }));
      expect(deployment).toHaveProperty(`${CONTAINER}.livenessProbe.tcpSocket`, { port: 9901 });
    });

    it('are probed at exactly the path that was said', () => {
      const deployment = deploymentOf({ readiness: WorkloadProbe.http('/ready/') });
      expect(deployment).toHaveProperty(`${CONTAINER}.readinessProbe.httpGet.path`, '/ready/');
    });

    it('may do no more than they must', () => {
      const deployment = deploymentOf();
      expect(deployment).toHaveProperty(`${PODS}.securityContext`, expect.objectContaining({ runAsNonRoot: true }));
      expect(deployment).toHaveProperty(`${PODS}.securityContext.seccompProfile`, { type: 'RuntimeDefault' });
      expect(deployment).toHaveProperty(
        `${CONTAINER}.securityContext`,
        expect.objectContaining({
          allowPrivilegeEscalation: false,
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
        }),
      );
    });

    it('leave the endpoints before they stop, and have time to finish', () => {
      expect(deploymentOf()).toHaveProperty(`${CONTAINER}.lifecycle.preStop`, { sleep: { seconds: 5 } });
      expect(deploymentOf()).toHaveProperty(`${PODS}.terminationGracePeriodSeconds`, 40);
    });

    it('are spread over nodes, each version by itself', () => {
      expect(deploymentOf()).toHaveProperty(`${PODS}.topologySpreadConstraints`, [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'cart', version: 'v1' } },
        },
      ]);
    });

    it('run what they are told to', () => {
      const deployment = deploymentOf({ image: 'registry.example.com/x:2', command: ['/run'], args: ['--fast'], env: { LEVEL: 'debug' } });
      expect(deployment).toHaveProperty(
        CONTAINER,
        expect.objectContaining({ image: 'registry.example.com/x:2', command: ['/run'], args: ['--fast'] }),
      );
      expect(deployment).toHaveProperty(`${CONTAINER}.env`, [{ name: 'LEVEL', value: 'debug' }]);
    });

    it('are two, with a budget over all versions of the service', () => {
      const { chart } = shop(plane);
      expect(spec(chart, 'Deployment', 'cart-v1').replicas).toBe(2);
      expect(spec(chart, 'PodDisruptionBudget', 'cart')).toEqual({ maxUnavailable: 1, selector: { matchLabels: { app: 'cart' } } });
    });

    it.each([
      [0, []],
      [1, []],
      [3, ['shop/cart']],
    ])('are %d if asked for, and have a budget from two up', (replicas, budgets) => {
      const { chart } = shop(plane, { replicas });
      expect(spec(chart, 'Deployment', 'cart-v1').replicas).toBe(replicas);
      expect(names(chart, 'PodDisruptionBudget').filter((name) => name === 'shop/cart')).toEqual(budgets);
    });

    it('are as many as the load asks for', () => {
      const { chart } = shop(plane, { autoscaling: { minReplicas: 3, maxReplicas: 9, cpuPercent: 60 } });
      expect(spec(chart, 'HorizontalPodAutoscaler', 'cart-v1', 'shop')).toEqual({
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart-v1' },
        minReplicas: 3,
        maxReplicas: 9,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
      });
      expect(spec(chart, 'Deployment', 'cart-v1')).not.toHaveProperty('replicas');
      expect(names(chart, 'PodDisruptionBudget')).toContain('shop/cart');
    });

    it('need no budget while one of them may be enough', () => {
      const { chart } = shop(plane, { autoscaling: { minReplicas: 1, maxReplicas: 9 } });
      expect(names(chart, 'PodDisruptionBudget')).not.toContain('shop/cart');
    });

    it('can be changed with all of cdk8s-plus', () => {
      const { chart, cart } = shop(plane);
      cart.deployment.containers[0].env.addVariable('TOKEN', kplus.EnvValue.fromValue('x'));
      cart.deployment.podMetadata.addAnnotation('team', 'buy');
      const deployment = manifest(chart, 'Deployment', 'cart-v1');
      expect(deployment).toHaveProperty(`${CONTAINER}.env`, [{ name: 'TOKEN', value: 'x' }]);
      expect(deployment).toHaveProperty('spec.template.metadata.annotations.team', 'buy');
    });
  });

  it.each([
    ['replicas', { replicas: -1 }],
    ['replicas', { replicas: 1.5 }],
    ['cpuMillis', { resources: { cpuMillis: 0 } }],
    ['memoryMebibytes', { resources: { memoryMebibytes: 0 } }],
    ['memoryLimitMebibytes', { resources: { memoryMebibytes: 512, memoryLimitMebibytes: 256 } }],
    ['minReplicas', { autoscaling: { minReplicas: 0, maxReplicas: 3 } }],
    ['maxReplicas', { autoscaling: { minReplicas: 4, maxReplicas: 3 } }],
    ['cpuPercent', { autoscaling: { maxReplicas: 3, cpuPercent: 0 } }],
    ['attempts', { retries: { attempts: -1 } }],
    ['maxConnections', { circuitBreaker: { maxConnections: 0 } }],
    ['maxEjectionPercent', { circuitBreaker: { consecutiveServerErrors: 5, maxEjectionPercent: 101 } }],
    ['replicas', { replicas: 2 ** 31 }],
    ['maxReplicas', { autoscaling: { maxReplicas: 2 ** 31 } }],
    ['memoryMebibytes', { resources: { memoryMebibytes: 1e21 } }],
    ['attempts', { retries: { attempts: 2 ** 31 } }],
    ['maxRequests', { circuitBreaker: { maxRequests: 2 ** 31 } }],
    ['consecutiveServerErrors', { circuitBreaker: { consecutiveServerErrors: 2 ** 32 } }],
  ])('fails for a number of %s out of bounds: %j', (what, props) => {
    const [chart, image, ports] = [newChart(), 'registry.example.com/cart:1', [MeshPort.http(8080)]];
    const act = () => new MeshedService(chart, 'cart', { image, ports, ...props });
    expectRefusal(act, { code: 'MESH015', path: 'test/cart', fix: 'within these bounds' });
    const again = () => new MeshedService(newChart(), 'cart', { image, ports, ...props });
    expect(again).toThrow(`${what} is a whole number`);
  });

  it.each([
    ['neither image nor workload', {}, 'MESH021', 'neither'],
    ['an empty image', { image: ' ' }, 'MESH049', 'image " "'],
  ])('fails for %s', (_, props, code, got) => {
    const ports = [MeshPort.http(8080)];
    const act = () => new MeshedService(newChart(), 'cart', { ports, ...props });
    expectRefusal(act, { code, path: 'test/cart', fix: 'set image', got });
  });
});

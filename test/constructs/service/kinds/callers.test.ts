import { ApiObject, Duration } from 'cdk8s';
import {
  CronOverlap,
  DataPlane,
  HttpAccess,
  MeshedCronJob,
  MeshedJob,
  MeshedService,
  MeshedWorker,
  MeshPort,
  RequestMatch,
  RequestRouting,
  ServiceIdentity,
  UpdateStrategy,
  WorkloadProbe,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { findingCodes, grant, manifest, names, newChart, pods, principal, rule, shop, spec, tcp } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const image = 'registry.example.com/runner:1';
const PLANE = { dataPlane: DataPlane.sidecar() };
const KINDS = {
  worker: (scope: ZeroTrustNamespace) => new MeshedWorker(scope, 'runner', { image }),
  job: (scope: ZeroTrustNamespace) => new MeshedJob(scope, 'runner', { image }),
  'cron job': (scope: ZeroTrustNamespace) => new MeshedCronJob(scope, 'runner', { image, schedule: '0 * * * *' }),
};

describe.each(Object.entries(KINDS))('a %s', (_, make) => {
  forEachPlane((plane) => {
    it('has an account, a way out and a word in the callee’s policy, and neither a Service nor a policy of its own', () => {
      const one = shop(plane);
      const runner = make(one.shop);
      runner.calls(one.product);
      expect(runner.principal).toBe(principal('shop', 'runner'));
      expect(names(one.chart, 'ServiceAccount')).toContain('shop/runner');
      expect(names(one.chart, 'Service')).not.toContain('shop/runner');
      expect(names(one.chart, 'AuthorizationPolicy')).not.toContain('shop/runner');
      expect(grant(one.chart, 'product')).toMatchObject({ rules: [rule(principal('shop', 'runner'), { ports: ['8080'] })] });
      expect(spec(one.chart, 'NetworkPolicy', 'runner')).toEqual({
        podSelector: { matchLabels: { app: 'runner' } },
        policyTypes: ['Egress'],
        egress: [{ to: [pods('shop', { app: 'product' })], ports: tcp(plane.of({ sidecar: 8080, ambient: 15008 })) }],
      });
      expect(names(one.chart, 'Sidecar').includes('shop/runner')).toBe(plane.of({ sidecar: true, ambient: false }));
      expect(findingCodes(one.chart)).toEqual([]);
    });

    it('is no callee, and cannot have the name of a service', () => {
      const one = shop(plane);
      const runner = make(one.shop);
      expect(() => one.cart.calls(runner as unknown as MeshedService)).toThrow(/^MESH068 .*callee is one who may be called/);
      expectRefusal(() => new MeshedJob(one.shop, 'again', { image, name: 'runner' }), {
        code: 'MESH020',
        path: 'test/shop/again',
        got: 'runner, which test/shop/runner has already',
        fix: 'give one of them another name',
      });
    });

    it('is told to be passed as it is where somebody names its account', () => {
      const one = shop(plane);
      make(one.shop);
      one.product.access.allow(ServiceIdentity.of('shop', 'runner'));
      expect(findingCodes(one.chart)).toContain('MESH214');
    });
  });

  it('is told that nothing enrols it outside a namespace construct', () => {
    const chart = newChart();
    make(chart as unknown as ZeroTrustNamespace);
    expect(findingCodes(chart)).toEqual(['MESH112']);
  });
});

describe('a worker', () => {
  forEachPlane((plane) => {
    it('is one pod that is not probed, unless it says otherwise', () => {
      const one = shop(plane);
      new MeshedWorker(one.shop, 'mail', { image });
      new MeshedWorker(one.shop, 'feed', { image, version: 'v2', replicas: 3, liveness: WorkloadProbe.exec('/alive') });
      expect(spec(one.chart, 'Deployment', 'mail-v1')).toMatchObject({ replicas: 1 });
      expect(manifest(one.chart, 'Deployment', 'mail-v1')).not.toHaveProperty('spec.template.spec.containers.0.livenessProbe');
      expect(manifest(one.chart, 'Deployment', 'feed-v2')).toHaveProperty('spec.template.spec.containers.0.livenessProbe.exec.command', [
        '/alive',
      ]);
      expect(names(one.chart, 'PodDisruptionBudget')).toEqual(expect.arrayContaining(['shop/feed']));
      expect(names(one.chart, 'PodDisruptionBudget')).not.toContain('shop/mail');
    });

    it('has its probes let in where they come from addresses of their own', () => {
      const one = shop(plane);
      new MeshedWorker(one.shop, 'mail', { image, readiness: WorkloadProbe.http('/ready', { port: 9000 }) });
      const { ingress = [] } = spec(one.chart, 'NetworkPolicy', 'infrastructure', 'shop') as { ingress?: Array<{ ports: unknown }> };
      expect(JSON.stringify(ingress).includes('9000')).toBe(plane.of({ sidecar: false, ambient: true }));
    });

    it('leaves the number of its pods to somebody else', () => {
      const one = shop(plane);
      const mail = new MeshedWorker(one.shop, 'mail', { image, scaledBy: 'KEDA' });
      expect(manifest(one.chart, 'Deployment', 'mail-v1')).not.toHaveProperty('spec.replicas');
      expect(mail.deployment.hasAutoscaler).toBe(true);
      const again = () => new MeshedWorker(one.shop, 'feed', { image, scaledBy: 'KEDA', autoscaling: { maxReplicas: 3 } });
      expectRefusal(again, { code: 'MESH774', path: 'test/shop/feed', got: 'autoscaling beside scaledBy', fix: 'drop autoscaling' });
    });

    it('is one by whom requests are told apart', () => {
      const one = shop(plane);
      const mail = new MeshedWorker(one.shop, 'mail', { image });
      mail.calls(one.cart, { http: [HttpAccess.get('/')] });
      const rules = [{ match: [RequestMatch.sentBy(mail)], timeout: Duration.seconds(1) }];
      new RequestRouting(one.shop, 'routes', { service: one.cart, rules });
      expect(findingCodes(one.chart)).toEqual(plane.of({ sidecar: [], ambient: ['MESH321', 'MESH310'] }));
    });
  });
});

describe('a job', () => {
  forEachPlane((plane) => {
    it('runs as often as it is said, beside a sidecar that ends', () => {
      const one = shop(plane);
      const times = { completions: 4, parallelism: 2, retries: 1, deadline: Duration.hours(1), deleteAfter: Duration.days(1) };
      const load = new MeshedJob(one.shop, 'load', { image, version: '2-0', ...times });
      const job = manifest(one.chart, 'Job', 'load-2-0');
      expect(job.spec).toMatchObject({
        completions: 4,
        parallelism: 2,
        backoffLimit: 1,
        activeDeadlineSeconds: 3600,
        ttlSecondsAfterFinished: 86_400,
        template: {
          metadata: { labels: { app: 'load' }, annotations: { 'sidecar.istio.io/nativeSidecar': 'true' } },
          spec: { restartPolicy: 'Never', serviceAccountName: 'load' },
        },
      });
      expect([load.workloadName, load.serviceAccountName, load.job.name]).toEqual(['load', 'load', 'load-2-0']);
    });

    it('has the same template in each plane, for the API server takes no other one', () => {
      const one = shop(plane);
      new MeshedJob(one.shop, 'load', { image });
      const template = manifest(one.chart, 'Job', 'load').spec!.template as { metadata: { labels: object; annotations: object } };
      expect(Object.keys(template.metadata.labels).filter((key) => key.includes('istio.io'))).toEqual([]);
      expect(Object.keys(template.metadata.annotations)).toEqual(['sidecar.istio.io/nativeSidecar']);
    });
  });
});

describe('a cron job', () => {
  forEachPlane((plane) => {
    it('runs by its schedule, one run at a time', () => {
      const one = shop(plane);
      new MeshedCronJob(one.shop, 'close', { image, schedule: '30 23 * * *', timeZone: 'Europe/Berlin', retries: 2 });
      const { spec: said } = manifest(one.chart, 'CronJob', 'close');
      expect(said).toMatchObject({
        schedule: '30 23 * * *',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        suspend: false,
        jobTemplate: { spec: { backoffLimit: 2 } },
      });
      const { annotations, labels } = (said as any).jobTemplate.spec.template.metadata;
      expect(annotations?.['sidecar.istio.io/nativeSidecar']).toBe(plane.of({ sidecar: 'true', ambient: undefined }));
      expect(labels).toMatchObject(
        plane.of<object>({ sidecar: { 'sidecar.istio.io/inject': 'true' }, ambient: { 'istio.io/dataplane-mode': 'ambient' } }),
      );
    });
  });

  it('may overlap, start late and rest', () => {
    const { chart, shop: scope } = shop(PLANE);
    const more = { overlap: CronOverlap.REPLACE, startWithin: Duration.minutes(10), suspend: true };
    const cron = new MeshedCronJob(scope, 'close', { image, schedule: '@daily', ...more });
    expect(manifest(chart, 'CronJob', 'close').spec).toMatchObject({
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 600,
      suspend: true,
    });
    expect(cron.cronJob.name).toBe('close');
  });

  it('fails in a time zone that is none, and under a name that its jobs have no room for', () => {
    const { shop: scope } = shop(PLANE);
    const act = () => new MeshedCronJob(scope, 'close', { image, schedule: '@daily', timeZone: 'Mars/Phobos' });
    expectRefusal(act, { code: 'MESH824', path: 'test/shop/close', got: 'Mars/Phobos', fix: "write for example 'Europe/Berlin'" });
    const name = 'a'.repeat(53);
    const long = () => new MeshedCronJob(scope, name, { image, schedule: '@daily' });
    expectRefusal(long, { code: 'MESH001', path: `test/shop/${name}`, got: `${name} (53 characters)`, fix: 'choose a shorter name' });
  });

  it.each(['', 'hourly', '0 * * *', '0 * * * * *', '0 * * * ;'])('fails with a schedule that is none: %p', (schedule) => {
    const { shop: scope } = shop(PLANE);
    const fix = "write for example '30 6 * * 1'";
    expectRefusal(() => new MeshedCronJob(scope, 'close', { image, schedule }), {
      code: 'MESH779',
      path: 'test/shop/close',
      got: schedule === '' ? undefined : schedule,
      fix,
    });
  });
});

describe('what has no ports', () => {
  it('is told by its name where it is taken for a service', () => {
    const { chart, shop: scope } = shop(PLANE);
    const fix = 'what nobody calls is a MeshedWorker';
    expectRefusal(() => new MeshedService(scope, 'mail', { image, ports: [] }), {
      code: 'MESH022',
      path: 'test/shop/mail',
      got: 'ports: []',
      fix,
    });
    const metadata = { name: 'load', namespace: 'shop' };
    const template = { spec: { containers: [{ name: 'a' }] } };
    const job = new ApiObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template } });
    const adopt = () => MeshedService.fromWorkload(scope, 'load', job, { ports: [MeshPort.http(8080)] });
    expectRefusal(adopt, { code: 'MESH019', path: 'test/shop/load', got: 'Job', fix: 'is a MeshedJob or a MeshedCronJob' });
  });

  it('fails to be updated as no Deployment is', () => {
    const { shop: scope } = shop(PLANE);
    const act = () => new MeshedWorker(scope, 'mail', { image, updateStrategy: UpdateStrategy.onDelete() });
    expectRefusal(act, { code: 'MESH778', path: 'test/shop/mail', got: 'onDelete', fix: 'UpdateStrategy.recreate' });
  });
});

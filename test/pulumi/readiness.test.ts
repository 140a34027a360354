import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import { DataPlane, IngressGateway, MeshNamespace } from 'istio-constructs';
import { MeshProgram, type MeshProgramOptions } from 'istio-constructs-pulumi';
import { canary, service } from '../builders';
import { deploy, type DeployOptions, type Stack } from './stack';

const plane = { dataPlane: DataPlane.sidecar() };
const isTrue = (type: string, parent = 0) => `jsonpath={.status.parents[${parent}].conditions[?(@.type=="${type}")].status}=True`;

function edge(chart: Chart): void {
  const namespace = new MeshNamespace(chart, 'edge', plane);
  const [gateway, quick] = ['gateway', 'quick'].map((id) => new IngressGateway(namespace, id, { tlsSecret: 'cert' }));
  quick.resource.addJsonPatch(JsonPatch.add('/metadata/annotations', { 'pulumi.com/skipAwait': 'true' }));
  gateway.expose(service(namespace, 'cart'), { host: 'shop.example.com' });
}

const run = (build: (chart: Chart) => void, options?: MeshProgramOptions, engine?: DeployOptions): Promise<Stack> =>
  deploy(() => new MeshProgram('mesh', build, options), engine);

const annotations = (stack: Stack): object =>
  Object.fromEntries(
    stack.objects.flatMap(({ inputs: { kind, metadata } }) =>
      metadata.annotations ? [[`${kind} ${metadata.name}`, metadata.annotations]] : [],
    ),
  );

const EXISTS = { 'pulumi.com/waitFor': 'jsonpath={.metadata.uid}' };
const SKIPPED = { 'pulumi.com/skipAwait': 'true' };

describe('a program that awaits nothing', () => {
  it('is done with a Service and with pods once they are there, and leaves alone what says otherwise', async () => {
    expect(annotations(await run(edge))).toEqual({
      'Deployment cart-v1': EXISTS,
      'Gateway quick': SKIPPED,
      'Service cart': SKIPPED,
    });
    const own = (chart: Chart): void => {
      const { deployment, service: named } = service(new MeshNamespace(chart, 'shop', plane), 'cart');
      for (const object of [deployment, named]) object.metadata.addAnnotation('pulumi.com/skipAwait', 'false');
    };
    const said = { 'pulumi.com/skipAwait': 'false' };
    expect(annotations(await run(own))).toEqual({ 'Deployment cart-v1': said, 'Service cart': said });
  });

  it('waits for the new version of a release all the same, which gets requests after that', async () => {
    const told = annotations(
      await run((chart) => {
        const cart = service(new MeshNamespace(chart, 'shop', plane), 'cart');
        canary(cart, { canary: { version: 'v2', image: 'registry.example.com/cart:2' } });
      }),
    );
    expect(told).toEqual({ 'Deployment cart-v1': EXISTS, 'Service cart': SKIPPED });
  });

  it('waits for pods that something else comes after by the word of the program, for jobs, and for the address of a load balancer', async () => {
    const told = annotations(
      await run((chart) => {
        const shop = new MeshNamespace(chart, 'shop', plane);
        const [first, second] = [service(shop, 'first'), service(shop, 'second')];
        second.node.addDependency(first);
        const raw = (kind: string, apiVersion: string, spec: object): ApiObject =>
          new ApiObject(shop, kind, { apiVersion, kind, metadata: { name: kind.toLowerCase() }, spec });
        raw('Job', 'batch/v1', {
          template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'registry.example.com/job:1' }] } },
        });
        raw('Service', 'v1', { type: 'LoadBalancer', selector: { app: 'outside' }, ports: [{ port: 80, name: 'http' }] });
      }),
    );
    expect(told).toEqual({ 'Deployment second-v1': EXISTS, 'Service second': SKIPPED });
  });
});

describe('awaitReady', () => {
  it('waits for gateways and for routes whose references hold, unless they say otherwise', async () => {
    expect(annotations(await run(edge, { awaitReady: true }))).toEqual({
      'Gateway gateway': { 'pulumi.com/waitFor': 'condition=Programmed' },
      'Gateway quick': { 'pulumi.com/skipAwait': 'true' },
      'HTTPRoute cart-gateway': { 'pulumi.com/waitFor': JSON.stringify([isTrue('Accepted'), isTrue('ResolvedRefs')]) },
    });
  });

  it('waits for every parent of a route, and for nothing of one without', async () => {
    const route = (chart: Chart, name: string, parents: readonly string[]): ApiObject =>
      new ApiObject(chart, name, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { name, namespace: 'shop' },
        spec: { parentRefs: parents.map((parent) => ({ name: parent })) },
      });
    const build = (chart: Chart): void => {
      route(chart, 'both', ['one', 'two']);
      route(chart, 'lone', []);
    };
    expect(annotations(await run(build, { awaitReady: true }))).toEqual({
      'HTTPRoute both': {
        'pulumi.com/waitFor': JSON.stringify([
          isTrue('Accepted'),
          isTrue('ResolvedRefs'),
          isTrue('Accepted', 1),
          isTrue('ResolvedRefs', 1),
        ]),
      },
    });
  });

  describe('where no controller answers', () => {
    beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] }));
    afterEach(() => void jest.useRealTimers());

    /** What is logged by the time a minute has passed in which the gateway was not ready. */
    async function logsAfterAMinute(options: MeshProgramOptions, isPreview = false): Promise<readonly string[]> {
      const ready = new Promise<object>((resolve) => setTimeout(() => resolve({}), 61_000));
      const stack = run(edge, options, { isPreview, answers: { 'mesh/edge/gateway': ready } });
      for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
      jest.advanceTimersByTime(62_000);
      return (await stack).logs.filter((text) => text.includes('not ready'));
    }

    it('says what it waits for, on the object', async () => {
      expect(await logsAfterAMinute({ awaitReady: true })).toEqual([
        expect.stringMatching(
          /^warn on mesh\/edge\/gateway: Gateway edge\/gateway is not ready .* waits for Programmed in its status\n  fix: /,
        ),
      ]);
    });

    it('says nothing where it does not wait', async () => {
      expect(await logsAfterAMinute({})).toEqual([]);
      expect(await logsAfterAMinute({ awaitReady: true }, true)).toEqual([]);
    });
  });
});

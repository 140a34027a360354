import * as pulumi from '@pulumi/pulumi';
import { ApiObject, type Chart, Duration } from 'cdk8s';
import {
  CanaryRelease,
  DataPlane,
  ExternalPort,
  ExternalService,
  IngressGateway,
  MeshedService,
  MeshNamespace,
  MeshPort,
  ReleaseController,
  RolloutStep,
  WeightsOwner,
  ZeroTrustNamespace,
} from 'istio-constructs';
import { asString, MeshProgram, type MeshProgramOptions } from 'istio-constructs-pulumi';
import { service } from '../builders';
import { deploy, type DeployOptions, secret, type Stack } from './stack';

const plane = { dataPlane: DataPlane.sidecar() };

function shop(chart: Chart, more: (namespace: ZeroTrustNamespace, cart: MeshedService) => void = () => {}): void {
  const namespace = new ZeroTrustNamespace(chart, 'shop', plane);
  more(namespace, service(namespace, 'cart'));
}

const run = (build: (chart: Chart) => void, options?: MeshProgramOptions, engine?: DeployOptions): Promise<Stack> =>
  deploy(() => new MeshProgram('mesh', build, options), engine);

/** A release of which somebody else moves the weights. */
const canary = (chart: Chart): void =>
  shop(chart, (namespace, cart) => {
    const version = { version: 'v2', image: 'registry.example.com/cart:2.0.0' };
    new CanaryRelease(namespace, 'release', { service: cart, canary: version, weightsOwnedBy: WeightsOwner.person('the shop team') });
  });

// A list has one owner in the API server: lent is all of it.
const LENT = ['spec.http'];

const urns = ({ resources }: Stack): string[] => resources.map(({ urn }) => urn);

describe('a MeshProgram', () => {
  it('has the report of what it says, with the page of who may call whom', async () => {
    const pages: string[] = [];
    await deploy(() => {
      const { report } = new MeshProgram('mesh', (chart) => shop(chart, (namespace, cart) => cart.calls(service(namespace, 'product'))));
      pages.push(report.accessPage(), ...report.calls.map(({ caller, callee }) => `${caller} calls ${callee}`));
    });
    expect(pages).toEqual([expect.stringContaining('\n## Calls to shop/product\n'), 'shop/cart calls shop/product']);
  });

  it('keeps every URN when something else is added', async () => {
    const before = await run((chart) => shop(chart));
    const after = await run((chart) => {
      service(new MeshNamespace(chart, 'another', plane), 'first');
      shop(chart, (namespace) => service(namespace, 'basket'));
    });
    expect(urns(after)).toEqual(expect.arrayContaining(urns(before)));
  });

  it('waits with a rule that has to compare what is not known yet, and says so once, in the preview', async () => {
    const later = asString(pulumi.output(Promise.resolve('db.example.com')));
    const build = (chart: Chart): void =>
      shop(chart, (namespace, cart) => {
        for (const id of ['db', 'other']) cart.calls(new ExternalService(namespace, id, { host: later, port: ExternalPort.https() }));
      });
    expect((await run(build, {}, { isPreview: true })).logs).toContainEqual(
      expect.stringMatching(/^info on mesh: MESH313 at mesh\/shop\/\w+/),
    );
    expect((await run(build)).logs.filter((text) => text.startsWith('info'))).toEqual([]);
  });

  it('logs warnings with the construct that they are about', async () => {
    const { logs } = await run((chart) => {
      const front = new ZeroTrustNamespace(chart, 'front', { dataPlane: DataPlane.ambient() });
      shop(chart, (namespace, cart) => {
        service(front, 'web').calls(cart);
        new CanaryRelease(namespace, 'release', {
          service: cart,
          canary: { version: 'v2', image: 'registry.example.com/cart:2.0.0' },
          weight: 5,
        });
      });
    });
    expect(logs).toContainEqual(expect.stringMatching(/^warn on mesh: MESH312 at mesh\/shop\/cart: requests from front\/web/));
  });

  it('hands protect, retainOnDelete and dependsOn down to every object', async () => {
    const stack = await deploy(() => {
      const first = new MeshProgram('first', (chart) => void new MeshNamespace(chart, 'first', plane));
      new MeshProgram('mesh', (chart) => shop(chart), { protect: true, retainOnDelete: true, dependsOn: [first] });
    });
    const mine = stack.objects.filter(({ name }) => name.startsWith('mesh/'));
    expect(mine.length).toBeGreaterThan(5);
    expect(mine.filter(({ isProtected, isRetained }) => !isProtected || !isRetained)).toEqual([]);
    expect(mine.filter(({ after }) => !after.includes('first/first'))).toEqual([]);
  });

  it('hands every other option of a resource down to every object, beside what the program says itself', async () => {
    const stack = await deploy(() => {
      const cluster = new Release('cluster');
      new MeshProgram('mesh', canary, {
        customTimeouts: { create: '3m', update: '2m', delete: '1m' },
        ignoreChanges: ['metadata.annotations'],
        replaceOnChanges: ['spec.selector'],
        hideDiffs: ['status'],
        deletedWith: cluster,
        replaceWith: [cluster],
        replacementTrigger: 'v1',
      });
    });
    const mine = stack.objects.filter(({ name }) => name.startsWith('mesh/'));
    expect(mine.length).toBeGreaterThan(5);
    for (const { request, ignoreChanges } of mine) {
      expect(request.getCustomtimeouts().toObject()).toMatchObject({ create: '3m', update: '2m', pb_delete: '1m' });
      expect(ignoreChanges).toContain('metadata.annotations');
      expect([...request.getReplaceonchangesList(), ...request.getHidediffsList()]).toEqual(['spec.selector', 'status']);
      expect([request.getDeletedwith(), ...request.getReplaceWithList()].map((urn) => urn.split('::').at(-1))).toEqual([
        'cluster',
        'cluster',
      ]);
      expect(request.getReplacementTrigger().toJavaScript()).toBe('v1');
    }
    expect(stack.named(':VirtualService', 'mesh/shop/cart').ignoreChanges).toEqual(['metadata.annotations', ...LENT]);
  });

  it('fails where its function is async, for what it says later would be lost', async () => {
    const build = async (chart: Chart): Promise<void> => {
      shop(chart);
      await new Promise(setImmediate);
      throw new Error('later');
    };
    await expect(run(build)).rejects.toThrow(/^MeshProgram mesh: .*\n  got: an async function\n  fix: await /);
  });

  it('uses the provider that it is given', async () => {
    const stack = await deploy(() => {
      const provider = new Provider('cluster');
      new MeshProgram('mesh', (chart) => shop(chart), { provider });
    });
    expect(stack.objects.filter(({ name, provider }) => name.startsWith('mesh/') && !provider.includes('::cluster::'))).toEqual([]);
  });

  it('lets transformations at the objects', async () => {
    const team = ({ type, props, opts }: pulumi.ResourceTransformationArgs) =>
      type.startsWith('kubernetes:') ? { props: { ...props, metadata: { ...props.metadata, labels: { team: 'cart' } } }, opts } : undefined;
    const stack = await run((chart) => shop(chart), { transformations: [team] });
    expect(stack.objects.map(({ inputs }) => inputs.metadata.labels)).toEqual(stack.objects.map(() => ({ team: 'cart' })));
  });

  it('waits for what installs the CRDs', async () => {
    const stack = await deploy(() => {
      const istio = new Release('istio-base');
      new MeshProgram('mesh', (chart) => shop(chart), { crds: [istio] });
    });
    const mine = stack.objects.filter(({ name }) => name.startsWith('mesh/'));
    expect(mine.filter(({ after }) => !after.includes('istio-base'))).toEqual([]);
  });

  it('fails with every error in one report, and registers no object', async () => {
    const objects: string[] = [];
    const program = () => {
      new MeshProgram('mesh', (chart) =>
        shop(chart, (namespace, cart) => {
          const product = service(namespace, 'product');
          cart.calls(product, { port: 9999 });
          product.calls(cart, { port: 7777 });
        }),
      );
    };
    await expect(deploy(program)).rejects.toThrow(/error MESH203 at mesh\/shop\/cart: [^]*error MESH203 at mesh\/shop\/product: /);
    expect(objects).toEqual([]);
  });

  it('gives back what the API server answered', async () => {
    const addresses = new Promise((resolve) => {
      void deploy(
        () => {
          const program = new MeshProgram('mesh', (chart) => {
            const edge = new MeshNamespace(chart, 'edge', plane);
            new IngressGateway(edge, 'gateway', { tlsSecret: 'cert' });
          });
          program.resource('Gateway', 'gateway', { namespace: 'edge' }).apply((gateway) => resolve(gateway.status?.addresses));
        },
        { answers: { 'mesh/edge/gateway': { status: { addresses: [{ value: '192.0.2.1' }] } } } },
      );
    });
    expect(await addresses).toEqual([{ value: '192.0.2.1' }]);
  });

  it.each([
    ['Secret', 'data', { stringData: { password: 'x' } }, { password: 'eA==' }],
    ['ServiceAccount', 'secrets', {}, [{ name: 'token' }]],
  ])('gives back what the API server made beside the inputs: of a %s its %s', async (kind, field, inputs, added) => {
    let given: Promise<unknown> | undefined;
    const program = () => {
      const mesh = new MeshProgram('mesh', (chart) => {
        new ApiObject(chart, 'raw', { apiVersion: 'v1', kind, metadata: { name: 'raw', namespace: 'shop' }, ...inputs });
      });
      given = new Promise((resolve) => mesh.resource(kind, 'raw').apply((live) => resolve(live[field])));
    };
    await deploy(program, { answers: { 'mesh/shop/raw': { [field]: added } } });
    expect(await given).toEqual(added);
  });

  it('keeps the content of a Secret encrypted, whatever the program has it from', async () => {
    const stack = await run(
      (chart) => void new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'raw' }, stringData: { a: 'b' } }),
    );
    const { inputs, secrets } = stack.named(':Secret', 'mesh/raw');
    expect(inputs.stringData).toEqual(secret({ a: 'b' }));
    expect(secrets).toEqual(['data', 'stringData']);
  });

  it('fails for an object that is not there, and says which are', async () => {
    const ask = () => new MeshProgram('mesh', (chart) => shop(chart)).resource('Service', 'basket');
    await expect(deploy(ask)).rejects.toThrow('no Service basket\n  got: shop/cart\n');
  });

  it('leaves weights alone that somebody else moves', async () => {
    const stack = await run(canary);
    expect(stack.named(':VirtualService', 'mesh/shop/cart').ignoreChanges).toEqual(LENT);
    expect(stack.named(':DestinationRule', 'mesh/shop/cart').ignoreChanges).toEqual([]);
    expect(stack.logs.filter((text) => text.includes('spec.http'))).toEqual([]);
  });

  it('leaves alone what a release controller writes', async () => {
    const interval = Duration.minutes(1);
    const stack = await run((chart) =>
      shop(chart, (namespace) => {
        service(namespace, 'by-flagger', { releaseController: ReleaseController.flagger({ interval }) });
        service(namespace, 'by-argo', { releaseController: ReleaseController.argoRollouts({ steps: [RolloutStep.ofWeight(10)] }) });
      }),
    );
    expect(stack.named(':Deployment', 'mesh/shop/by-flagger-v1').ignoreChanges).toEqual(['spec.replicas']);
    expect(stack.named(':DestinationRule', 'mesh/shop/by-argo').ignoreChanges).toEqual(['spec.subsets']);
    expect(stack.named(':VirtualService', 'mesh/shop/by-argo').ignoreChanges).toEqual(['spec.http']);
    expect(stack.named(':Rollout', 'mesh/shop/by-argo').ignoreChanges).toEqual([]);
  });

  it('says in the preview that it leaves them alone, and how they are taken back', async () => {
    const { logs } = await deploy(() => new MeshProgram('mesh', canary), { isPreview: true });
    expect(logs.filter((text) => text.includes('spec.http'))).toEqual([
      expect.stringMatching(
        /^info on mesh\/shop\/cart: VirtualService shop\/cart: spec\.http belongs to whoever else changes it.*\n  got: .*\n  fix: .*PATCH_FORCE/,
      ),
    ]);
  });

  it('takes an image that is known later, and refuses a name that is', async () => {
    const image = asString(pulumi.output(Promise.resolve('registry.example.com/search:1.0.0')));
    const search = (id: string) => (chart: Chart) =>
      void new MeshedService(new ZeroTrustNamespace(chart, 'search', plane), id, { image, ports: [MeshPort.http(8080)] });
    const stack = await run(search('search'));
    const [container] = stack.named(':Deployment', 'mesh/search/search-v1').inputs.spec.template.spec.containers;
    expect(container.image).toBe('registry.example.com/search:1.0.0');
    await expect(run(search(asString(pulumi.output(Promise.resolve('search')))))).rejects.toThrow('MESH037');
  });
});

class Release extends pulumi.CustomResource {
  constructor(name: string) {
    super('kubernetes:helm.sh/v3:Release', name, {});
  }
}

class Provider extends pulumi.ProviderResource {
  constructor(name: string) {
    super('kubernetes', name, {});
  }
}

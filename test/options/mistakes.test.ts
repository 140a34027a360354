import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CallOptions, CanaryRelease, Mesh, MeshedService, type MeshedServiceProps, MeshPort } from 'istio-constructs';
import { edgeGateway, external, manifests, newChart, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';
import { expectRefusal } from '../support/refusal';

function newService(scope: Construct, props: unknown): MeshedService {
  return new MeshedService(scope, 'web', { image: 'web:1', ports: [MeshPort.http(8080)], ...(props as Partial<MeshedServiceProps>) });
}

forEachPlane((plane) => {
  describe('a word that is no option', () => {
    it.each([
      [{ paths: ['/accounts/*'] }, 'did you mean http, which has paths? the options are conditions, http, port'],
      [{ ports: [8080] }, 'did you mean port? the options are conditions, http, port'],
      [{ HTTP: [] }, 'did you mean http?'],
    ])('grants nothing: %j', (options, fix) => {
      const { chart, cart, product } = shop(plane);
      const before = manifests(chart);
      const refusal = { code: 'MESH081', fix, got: `${Object.keys(options)[0]}: ` };
      expectRefusal(() => product.access.allow(cart, options as CallOptions), { ...refusal, path: 'test/shop/product' });
      expectRefusal(() => cart.calls(product, options as CallOptions), { ...refusal, path: 'test/shop/cart' });
      expect(manifests(chart)).toEqual(before);
    });

    it.each<[object, string]>([
      [{ replica: 3 }, 'did you mean replicas?'],
      [{ attempts: 3 }, 'did you mean retries, which has attempts?'],
      [{ retries: { attempts: 3, timeout: Duration.seconds(1) } }, 'did you mean perTryTimeout?'],
      [{ circuitBreaker: { maxRequest: 3 } }, 'did you mean maxRequests?'],
      [{ environment: { A: 'b' } }, 'did you mean env?'],
      [{ labels: {} }, 'the options are accountAnnotations, apiToken, args, autoscaling, circuitBreaker'],
    ])('changes no service: %j', (props, fix) => {
      const act = () => newService(shop(plane).shop, props);
      expectRefusal(act, { code: 'MESH081', path: 'test/shop/web', fix });
    });

    it('is what pods of ours have, for a workload made elsewhere', () => {
      const { shop: scope, cart, chart } = shop(plane);
      const props = { ports: [MeshPort.http(8080)], replicas: 3 };
      const act = () =>
        MeshedService.fromWorkload(
          scope,
          'web',
          cart.objects.find(({ kind }) => kind === 'Deployment')!,
          props,
        );
      expectRefusal(act, {
        code: 'MESH081',
        path: 'test/shop/web',
        got: 'replicas: 3',
        fix: 'the options are circuitBreaker, cors, dataPlane',
      });
      expect(chart.node.tryFindChild('web')).toBeUndefined();
    });
  });

  describe('a value of another type', () => {
    it.each<[object, string, string]>([
      [{ ports: [8080] }, 'ports[0] is a MeshPort', '8080'],
      [{ ports: MeshPort.http(8080) }, 'ports is a list', 'a MeshPort'],
      [{ timeout: 10 }, 'timeout is a Duration', '10'],
      [{ env: { PORT: 8080 } }, 'env.PORT is a text', '8080'],
      [{ replicas: '3' }, 'replicas is a number', "'3'"],
      [{ args: '--fast' }, 'args is a list', "'--fast'"],
      [{ command: null }, 'command is a list', 'null'],
      [{ retries: { attempts: 2, on: ['timeout'] } }, 'retries.on[0] is a value of RetryCondition', "'timeout'"],
      [{ workload: {} }, 'workload is an ApiObject', '{}'],
      [{ dataPlane: 'ambient' }, 'dataPlane is a DataPlane', "'ambient'"],
    ])('is told before anything is made of it: %j', (props, what, got) => {
      const act = () => newService(shop(plane).shop, props);
      expectRefusal(act, { code: 'MESH068', path: 'test/shop/web', got, fix: 'write for example ' });
      expect(act).toThrow(`: ${what}\n`);
    });

    it('is nothing where somebody is called', () => {
      const { cart, product } = shop(plane);
      const nobody = undefined as unknown as MeshedService;
      expectRefusal(() => cart.calls(nobody), { code: 'MESH009', path: 'test/shop/cart', got: 'undefined', fix: 'MeshedService' });
      expectRefusal(() => product.access.allow(nobody), {
        code: 'MESH009',
        path: 'test/shop/product',
        got: 'undefined',
        fix: 'MeshedService',
      });
    });

    it('is a gateway that is called, or a service without an identity that calls', () => {
      const { chart, cart } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane) as unknown as MeshedService;
      expectRefusal(() => cart.calls(gateway), { code: 'MESH068', path: 'test/shop/cart', got: 'an IngressGateway', fix: 'MeshedService' });
    });

    it('is a service of others where a version is to be made', () => {
      const { chart, shop: scope } = shop(plane);
      const attributes = { namespaceName: 'billing', ports: [MeshPort.http(80)], dataPlane: plane.dataPlane };
      const service = MeshedService.fromAttributes(chart, 'invoice', attributes) as MeshedService;
      const refusal = { code: 'MESH068', got: 'an ImportedService', fix: 'new MeshedService' };
      const release = () => new CanaryRelease(scope, 'release', { service, canary: { version: 'v2', image: 'a:2' }, weight: 5 });
      expectRefusal(release, { ...refusal, path: 'test/shop/release' });
    });

    it('is no service where a route is to be made', () => {
      const { chart, shop: scope } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      const service = external(scope, 'partners') as unknown as MeshedService;
      const refusal = { code: 'MESH068', got: 'an ExternalService', fix: 'new MeshedService', path: 'test/edge/gateway' };
      expectRefusal(() => gateway.expose(service, { host: 'a.example.com' }), refusal);
      expect(manifests(chart).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
    });
  });
});

describe('a value of another type', () => {
  it('is a mode of mutual TLS that is none', () => {
    const act = (mtls: unknown) => () => new Mesh(newChart(), 'mesh', { mtls: mtls as never });
    expectRefusal(act('strict'), { code: 'MESH068', path: 'test/mesh', got: "'strict'", fix: 'MTls.STRICT' });
  });

  it('is a scope that is none', () => {
    const act = () => newService(undefined as never, {});
    expectRefusal(act, { code: 'MESH068', path: 'a new construct', got: 'undefined', fix: 'the App' });
  });
});

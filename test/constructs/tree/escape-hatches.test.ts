import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DataPlane, Waypoint } from 'istio-constructs';
import { blueGreen, canary, edgeGateway, external, findingCodes, manifest, names, shop, spec } from '../../builders';
import { forEachEnforcer, forEachPlane } from '../../for-each-plane';

const ALWAYS = DataPlane.ambient({ waypoint: Waypoint.ALWAYS });

function namesOf(objects: readonly ApiObject[]): string[] {
  return objects.map((object) => `${object.kind} ${object.name}`);
}

describe('the objects of a construct', () => {
  forEachEnforcer((plane) => {
    it('are there for a namespace', () => {
      const { shop: namespace } = shop(plane);
      const closed = ['Namespace shop', 'PeerAuthentication default'];
      const waypoint = [
        'Gateway waypoint',
        'ConfigMap waypoint-infrastructure',
        'AuthorizationPolicy waypoint-deny-all',
        'NetworkPolicy waypoint',
      ];
      const deny = ['AuthorizationPolicy deny-all', 'NetworkPolicy default-deny', 'NetworkPolicy infrastructure'];
      const own = namesOf(namespace.objects).filter((name) => !/cart|product/.test(name));
      expect(own.sort()).toEqual(
        plane.of({ sidecar: [...closed, ...deny], ztunnel: [...closed, ...deny], waypoint: [...closed, ...waypoint, ...deny] }).sort(),
      );
    });

    it('are there for a service, with those that calls add', () => {
      const { cart, product } = shop(plane);
      product.calls(cart);
      const pods = ['ServiceAccount cart', 'Deployment cart-v1', 'PodDisruptionBudget cart', 'Service cart'];
      const grants = plane.of({
        sidecar: ['AuthorizationPolicy cart', 'NetworkPolicy cart', 'Sidecar cart'],
        ztunnel: ['AuthorizationPolicy cart', 'NetworkPolicy cart'],
        waypoint: ['AuthorizationPolicy cart', 'AuthorizationPolicy cart-waypoint', 'NetworkPolicy cart'],
      });
      expect(namesOf(cart.objects)).toEqual([...pods, ...grants]);
    });
  });

  it('are there for a release, a gateway and an external service', () => {
    const one = shop({ dataPlane: ALWAYS });
    expect(namesOf(canary(one.cart).objects)).toEqual(['Deployment cart-v2']);
    expect(namesOf(blueGreen(one.product).objects)).toEqual(['Deployment product-v2']);
    expect(namesOf(edgeGateway(one.chart, ALWAYS).objects)).toEqual(['Gateway gateway']);
    expect(namesOf(external(one.payments, 'cards').objects)).toEqual(['ServiceEntry cards']);
  });
});

describe('a patch', () => {
  forEachPlane((plane) => {
    it('on a policy survives what calls add to it later', () => {
      const { chart, cart, product, payment } = shop(plane);
      product.calls(cart);
      const policy = cart.objects.find((object) => object.kind === 'AuthorizationPolicy')!;
      policy.addJsonPatch(
        JsonPatch.add('/metadata/annotations', { team: 'buy' }),
        JsonPatch.add('/spec/rules/0/when', [{ key: 'source.namespace', values: ['*'] }]),
      );
      payment.calls(cart);
      const rendered = manifest(chart, 'AuthorizationPolicy', 'cart');
      expect(rendered.metadata.annotations).toEqual({ team: 'buy' });
      expect(rendered.spec!.rules).toHaveLength(2);
      expect(rendered).toHaveProperty('spec.rules.0.when', [{ key: 'source.namespace', values: ['*'] }]);
    });

    it('on a namespace, a workload and a Service comes out', () => {
      const { chart, shop: namespace, cart } = shop(plane);
      namespace.resource.addJsonPatch(JsonPatch.add('/metadata/labels/team', 'buy'));
      ApiObject.of(cart.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/priorityClassName', 'high'));
      ApiObject.of(cart.service).addJsonPatch(JsonPatch.add('/spec/sessionAffinity', 'ClientIP'));
      expect(manifest(chart, 'Namespace', 'shop').metadata.labels).toMatchObject({ team: 'buy' });
      expect(spec(chart, 'Deployment', 'cart-v1')).toHaveProperty('template.spec.priorityClassName', 'high');
      expect(spec(chart, 'Service', 'cart')).toMatchObject({ sessionAffinity: 'ClientIP', ports: [{ appProtocol: 'http' }] });
    });

    it('reaches what was completed beyond cdk8s-plus: spread, pre-stop, seccomp, protocol', () => {
      const { chart, cart } = shop(plane);
      const path = '/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds';
      ApiObject.of(cart.deployment).addJsonPatch(JsonPatch.replace(path, 15));
      ApiObject.of(cart.service).addJsonPatch(JsonPatch.replace('/spec/ports/0/appProtocol', 'http2'));
      expect(spec(chart, 'Deployment', 'cart-v1')).toHaveProperty('template.spec.containers.0.lifecycle.preStop.sleep.seconds', 15);
      expect(spec(chart, 'Service', 'cart')).toHaveProperty('ports.0.appProtocol', 'http2');
    });
  });
});

describe('cdk8s-plus', () => {
  forEachPlane((plane) => {
    it('reaches the Deployment and the Service of a service', () => {
      const { chart, cart } = shop(plane);
      cart.deployment.addContainer({ name: 'exporter', image: 'registry.example.com/exporter:1' });
      cart.service.bind(9901, { name: 'tcp-admin' });
      cart.deployment.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.exists('gpu')));
      expect(spec(chart, 'Deployment', 'cart-v1')).toMatchObject({
        template: { spec: { containers: [{ name: 'cart' }, { name: 'exporter' }], tolerations: [{ key: 'gpu', operator: 'Exists' }] } },
      });
      expect(spec(chart, 'Service', 'cart').ports).toMatchObject([
        { name: 'http', appProtocol: 'http' },
        { name: 'tcp-admin', port: 9901 },
      ]);
    });

    it('replaces what was set for its user: lifecycle and security of the pod', () => {
      const { chart, cart } = shop(plane);
      cart.deployment.podMetadata.addLabel('team', 'buy');
      cart.deployment.containers[0].mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'tmp', 'tmp'));
      const deployment = manifest(chart, 'Deployment', 'cart-v1');
      expect(deployment).toHaveProperty('spec.template.metadata.labels.team', 'buy');
      expect(deployment).toHaveProperty('spec.template.spec.containers.0.volumeMounts', [{ mountPath: '/tmp', name: 'tmp' }]);
      expect(deployment).toHaveProperty('spec.template.spec.volumes', [{ name: 'tmp', emptyDir: {} }]);
    });
  });
});

describe('a raw object beside ours', () => {
  const metadata = { name: 'extra', namespace: 'shop' };
  const hosts = ['extra.example.com'];
  const entry = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata, spec: { hosts, ports: [] } };

  forEachPlane((plane) => {
    it('is written as it is', () => {
      const { chart } = shop(plane);
      new ApiObject(chart, 'extra', entry);
      expect(manifest(chart, 'ServiceEntry', 'extra')).toEqual(entry);
    });

    it('is judged with the rest: a name that one of ours has fails the synth', () => {
      const { chart, cart, product } = shop(plane);
      product.calls(cart);
      const policy = {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: {},
      };
      new ApiObject(chart, 'mine', policy);
      expect(() => chart.toJson()).toThrow('MESH111');
      expect(() => names(chart, 'Service')).toThrow('test/mine');
    });

    it('is judged with the rest: plaintext that is left on is reported at it', () => {
      const { chart } = shop(plane);
      const peer = { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata, spec: { mtls: { mode: 'PERMISSIVE' } } };
      const mine = new ApiObject(chart, 'mine', peer);
      expect(findingCodes(mine)).toEqual(['MESH245', 'MESH108']);
    });
  });
});

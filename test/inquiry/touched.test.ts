import { ApiObject, JsonPatch } from 'cdk8s';
import { assemble } from '../../lib/assembly/assemble';
import { Touched } from '../../lib/inquiry/touched';
import { clusterOf } from '../../lib/rules/cluster-of';
import { type Shop, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

/** Names of the namespaces in which somebody else has a say. */
function touched({ chart }: Shop): string[] {
  const model = assemble(chart);
  const found = new Touched(model, clusterOf(model));
  return ['shop', 'payments', 'elsewhere'].filter((namespaceName) => found.has({ namespaceName }));
}

const inChart = ({ chart }: Shop, kind: string, name: string): ApiObject =>
  chart.node
    .findAll()
    .filter((node): node is ApiObject => ApiObject.isApiObject(node))
    .find((object) => object.kind === kind && object.name === name)!;

const add = ({ chart }: Shop, kind: string, namespace: string, spec: object, apiVersion = 'networking.istio.io/v1') =>
  new ApiObject(chart, 'added', { apiVersion, kind, metadata: { name: 'added', namespace }, spec });

describe('a namespace in which somebody else has a say', () => {
  forEachPlane((plane) => {
    it('is none where constructs wrote everything, or what stands beside decides nothing', () => {
      const parts = shop(plane);
      add(parts, 'ConfigMap', 'shop', {}, 'v1');
      expect(touched(parts)).toEqual([]);
    });

    it('is that of an object beside, and that of the host which it speaks of', () => {
      const ofPolicy = shop(plane);
      add(ofPolicy, 'AuthorizationPolicy', 'shop', {}, 'security.istio.io/v1');
      expect(touched(ofPolicy)).toEqual(['shop']);

      const ofRoute = shop(plane);
      add(ofRoute, 'VirtualService', 'elsewhere', { hosts: ['payment.payments.svc.cluster.local'] });
      expect(touched(ofRoute)).toEqual(['payments', 'elsewhere']);
    });

    it('is none where a note is added that decides nothing', () => {
      const parts = shop(plane);
      inChart(parts, 'AuthorizationPolicy', 'deny-all').metadata.addAnnotation('argocd.argoproj.io/sync-wave', '1');
      expect(touched(parts)).toEqual([]);
    });

    it('is every one where it holds for the whole mesh', () => {
      const rooted = shop(plane);
      add(rooted, 'PeerAuthentication', 'istio-system', {}, 'security.istio.io/v1');
      expect(touched(rooted)).toEqual(['shop', 'payments', 'elsewhere']);

      const wild = shop(plane);
      add(wild, 'DestinationRule', 'elsewhere', { host: '*.local' });
      expect(touched(wild)).toEqual(['shop', 'payments', 'elsewhere']);
    });

    it.each([
      [
        'a patch of the Namespace',
        ({ shop: namespace }: Shop) => ApiObject.of(namespace.node.defaultChild!).addJsonPatch(JsonPatch.add('/metadata/labels/team', 'a')),
      ],
      [
        'an annotation of the pods',
        ({ cart }: Shop) => cart.deployment.podMetadata.addAnnotation('traffic.sidecar.istio.io/excludeInboundPorts', '8080'),
      ],
      [
        'another account',
        ({ cart }: Shop) =>
          ApiObject.of(cart.deployment).addJsonPatch(JsonPatch.replace('/spec/template/spec/serviceAccountName', 'robot')),
      ],
      [
        'another speech of a port',
        ({ cart }: Shop) => ApiObject.of(cart.service).addJsonPatch(JsonPatch.replace('/spec/ports/0/appProtocol', 'tcp')),
      ],
      ['a label of the Service', ({ cart }: Shop) => cart.service.metadata.addLabel('istio.io/use-waypoint', 'none')],
      [
        'a policy that a patch has moved',
        (parts: Shop) => inChart(parts, 'AuthorizationPolicy', 'deny-all').addJsonPatch(JsonPatch.replace('/metadata/namespace', 'other')),
      ],
      [
        'a policy that is of another kind',
        (parts: Shop) => inChart(parts, 'AuthorizationPolicy', 'deny-all').addJsonPatch(JsonPatch.replace('/kind', 'ConfigMap')),
      ],
      ['a dry run', (parts: Shop) => inChart(parts, 'AuthorizationPolicy', 'deny-all').metadata.addAnnotation('istio.io/dry-run', 'true')],
      ['a waypoint of another name', ({ shop: namespace }: Shop) => namespace.resource.metadata.addLabel('istio.io/use-waypoint', 'other')],
    ])('is that of %s', (title, change) => {
      const parts = shop(plane);
      change(parts);
      const isRead = plane.of({ sidecar: true, ambient: title !== 'an annotation of the pods' });
      expect(touched(parts)).toEqual(isRead ? ['shop'] : []);
    });
  });
});

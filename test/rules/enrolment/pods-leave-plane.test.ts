import { podsLeavePlane } from '../../../lib/rules/enrolment/pods-leave-plane';
import type { DataPlaneMode } from '../../../lib/model/namespace-facts';
import type { ManifestObject } from '../../../lib/model/mesh-model';
import type { Discovery } from '../../../lib/rules/rule';
import { findings, namespaceState, namespace, raw, service } from '../model-builder';

function pods(label = '', spec = ''): ManifestObject[] {
  return raw(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart${label} } }, spec: { ${spec} containers: [{ name: cart }] } } }
`);
}

function found(mode: DataPlaneMode, objects: ManifestObject[]): Discovery[] {
  const services = [service('cart', { namespace: namespaceState('shop', mode) })];
  return findings(podsLeavePlane, { services, objects, namespaces: [namespace('shop', mode)] });
}

describe(podsLeavePlane.title, () => {
  it.each<DataPlaneMode>(['sidecar', 'ambient'])('takes pods that follow their namespace: %s', (mode) => {
    expect(found(mode, pods())).toEqual([]);
  });

  it('takes pods that nobody here knows', () => {
    expect(found('ambient', [])).toEqual([]);
  });

  it('says nothing of a plane that nobody knows', () => {
    expect(found('unknown', pods())).toEqual([]);
  });

  it.each<[DataPlaneMode, string, string, string]>([
    ['sidecar', ', sidecar.istio.io/inject: "false"', '', 'outside the mesh'],
    ['ambient', ', istio.io/dataplane-mode: none', '', 'outside the mesh'],
    ['ambient', ', sidecar.istio.io/inject: "true"', '', 'sidecar'],
    ['sidecar', '', 'hostNetwork: true,', 'outside the mesh'],
  ])('fails pods that leave: %s%s %s', (mode, label, spec, got) => {
    expect(found(mode, pods(label, spec))).toMatchObject([{ on: { path: 'shop/cart' }, got }]);
  });
});

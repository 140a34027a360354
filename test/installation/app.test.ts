import { App } from 'cdk8s';
import { Platform } from '../../apps/install/install';
import { Region, type RegionProps } from '../../apps/multi-cluster/multi-cluster';
import { INSTALLATIONS } from '../conformance/installations';
import { forEachPlane } from '../for-each-plane';
import { containerOf, found, installed, named } from './rendered';

describe('the app install', () => {
  forEachPlane((plane) => {
    const { istio } = new Platform(new App(), 'install', { dataPlane: plane.dataPlane });
    const both = installed(istio);
    const [istiod] = istio.helmReleases.filter(({ chart }) => chart === 'istiod').map(({ name }) => both.byHelm.get(name));

    it('installs what the shop needs, by both ways', () => {
      const nodes = plane.of({ sidecar: ['istio-cni-node'], ambient: ['istio-cni-node', 'ztunnel'] });
      expect([...both.byHelm.values()].flatMap((one) => named(one, 'DaemonSet')).sort()).toEqual(nodes);
      expect(named(both.byIstioctl[0], 'DaemonSet')).toEqual(nodes);
      for (const one of [istiod, both.byIstioctl[0]]) {
        expect(found(one, 'HorizontalPodAutoscaler', 'istiod-1-31-1').spec).toMatchObject({ minReplicas: 2, maxReplicas: 5 });
        expect(containerOf(one, 'Deployment', 'istiod-1-31-1').resources).toMatchObject({ requests: { cpu: '500m' } });
      }
      for (const one of [both.byHelm.get('front'), both.byIstioctl[0]]) {
        expect(found(one, 'Deployment', 'front').metadata.namespace).toBe('edge');
        expect(found(one, 'HorizontalPodAutoscaler', 'front').spec).toMatchObject({ minReplicas: 2, maxReplicas: 6 });
      }
    });

    it('has the mesh configuration under which its manifests are judged', () => {
      const { trustDomain, pathNormalization, providers } = INSTALLATIONS.install;
      for (const one of [istiod, both.byIstioctl[0]]) {
        const [mesh] = Object.values(one!.meshConfigs);
        expect(mesh).toMatchObject({ trustDomain, pathNormalization: { normalization: pathNormalization } });
        // REGISTRY_ONLY, the first word of its kind, is left out of JSON.
        expect(mesh.outboundTrafficPolicy).toEqual({});
        expect(mesh.extensionProviders).toEqual(expect.arrayContaining([...providers!]));
      }
    });
  });
});

describe('the app multi-cluster', () => {
  forEachPlane(({ name: plane, of }) => {
    it.each<RegionProps['cluster']>(['east', 'west'])('installs Istio in the %s as what it is', (cluster) => {
      const { istio } = new Region(new App(), 'multi-cluster', { cluster, plane });
      const both = installed(istio);
      for (const one of [both.byHelm.get('istiod'), both.byIstioctl[0]]) {
        expect(containerOf(one, 'Deployment', 'istiod').env).toContainEqual({ name: 'CLUSTER_ID', value: cluster });
        expect(one!.meshConfigs.istio.serviceSettings).toEqual([
          { settings: { clusterLocal: true }, hosts: ['web.shop.svc.cluster.local'] },
        ]);
        const deployments = both.byHelm.has('istio-eastwestgateway');
        expect(deployments).toBe(of({ sidecar: true, ambient: false }));
      }
    });
  });
});

import { basename } from 'node:path';
import type { App } from 'cdk8s';
import { type IstioInstallation, MeshReport } from 'istio-constructs';
import { INSTALLATIONS, installationsOf } from '../docs/task-pages';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';
import { containerOf, found, type Installed, installed, named, type Rendered } from './rendered';

/** Both ways to install the same. */
interface Both {
  readonly byHelm: ReadonlyMap<string, Installed>;
  readonly byIstioctl: readonly Installed[];
}

const deployments = ({ byHelm, byIstioctl }: Both) => [
  [...byHelm.values()].flatMap((one) => named(one, 'Deployment')).sort(),
  byIstioctl.flatMap((one) => named(one, 'Deployment')).sort(),
];
const daemons = ({ byHelm, byIstioctl }: Both) => [
  [...byHelm.values()].flatMap((one) => named(one, 'DaemonSet')).sort(),
  byIstioctl.flatMap((one) => named(one, 'DaemonSet')).sort(),
];
const meshOf = ({ byHelm, byIstioctl }: Both) => [byHelm.get('istiod')!.meshConfigs.istio, byIstioctl[0].meshConfigs.istio];
const twice = <T>(one: T): T[] => [one, one];
const NODES = ['istio-cni-node', 'ztunnel'];

const nameOf = (one: IstioInstallation) => basename((one.node.root as App).outdir) as 'east' | 'west';

/** Which cluster of which mesh istiod is told that it is in. */
const identitiesOf = ({ byHelm, byIstioctl }: Both) =>
  [byHelm.get('istiod'), byIstioctl[0]].map((one) => {
    const { env = [] } = containerOf(one, 'Deployment', 'istiod');
    const cluster = env.find(({ name }) => name === 'CLUSTER_ID')?.value;
    return { CLUSTER_ID: cluster, MESH_ID: /"?meshID"?: "?(\w+)/.exec(JSON.stringify(one!.objects).replaceAll('\\', ''))?.[1] };
  });

/** A primary has an istiod; in the remote cluster nobody is but a webhook that asks the one of the primary, and says whose pods they are. */
const remoteOf =
  (network: string) =>
  (both: Both, _plane: PlaneUnderTest, installation: IstioInstallation): void => {
    const isPrimary = nameOf(installation) === 'east';
    for (const one of [both.byHelm.get('istiod'), both.byIstioctl[0]]) {
      expect(named(one, 'Deployment').includes('istiod')).toBe(isPrimary);
      const webhooks = JSON.stringify(one!.objects.filter(({ kind }) => kind === 'MutatingWebhookConfiguration'));
      expect(webhooks.includes(`/inject/cluster/west/net/${network}`)).toBe(!isPrimary);
    }
  };

/** What somebody who follows a guide finds in the cluster; each program is asked how it installs. */
const EXPECTED: Readonly<Record<string, (both: Both, plane: PlaneUnderTest, installation: IstioInstallation) => void>> = {
  'installation/istioctl': (both, plane) => {
    expect(deployments(both)).toEqual(twice(['istio-ingressgateway', 'istiod']));
    expect(daemons(both)).toEqual(twice(plane.of({ sidecar: [], ambient: NODES })));
    for (const mesh of meshOf(both)) expect(mesh).toMatchObject({ accessLogFile: '/dev/stdout' });
  },

  'installation/profiles': (both, plane) => {
    expect(deployments(both)).toEqual(twice(['istio-egressgateway', 'istio-ingressgateway', 'istiod']));
    expect(daemons(both)).toEqual(twice(plane.of({ sidecar: [], ambient: NODES })));
    for (const mesh of meshOf(both)) expect(mesh).toMatchObject({ accessLogFile: '/dev/stdout' });
  },

  'installation/file': (both) => {
    for (const mesh of meshOf(both)) {
      expect(mesh).toMatchObject({ trustDomain: 'example.com', outboundTrafficPolicy: {} });
      expect(mesh.extensionProviders).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'tempo' })]));
    }
    for (const istiod of [both.byHelm.get('istiod'), both.byIstioctl[0]]) {
      expect(found(istiod, 'HorizontalPodAutoscaler', 'istiod').spec).toMatchObject({ minReplicas: 3, maxReplicas: 6 });
      expect(containerOf(istiod, 'Deployment', 'istiod').resources).toMatchObject({ requests: { cpu: '1000m', memory: '4096Mi' } });
    }
  },

  'installation/multi-primary': (both, _plane, installation) => {
    expect(identitiesOf(both)).toEqual(twice({ CLUSTER_ID: nameOf(installation), MESH_ID: 'mesh1' }));
  },

  'installation/multi-primary-networks': (both, plane, installation) => {
    const network = { east: 'network1', west: 'network2' }[nameOf(installation)];
    expect(identitiesOf(both)).toEqual(twice({ CLUSTER_ID: nameOf(installation), MESH_ID: 'mesh1' }));
    expect(installation.helmCommands.join('\n')).toContain(`topology.istio.io/network=${network}`);
    const gateway = both.byHelm.get('istio-eastwestgateway');
    const view = { name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network };
    const env = gateway && containerOf(gateway, 'Deployment', 'istio-eastwestgateway').env;
    expect(env ?? []).toEqual(plane.of({ sidecar: expect.arrayContaining([view]), ambient: [] }));
  },

  'installation/primary-remote': remoteOf('network1'),
  'installation/primary-remote-networks': remoteOf('network2'),

  'installation/helm': (both, plane) => {
    const nodes = plane.of({ sidecar: [], ambient: ['istio-cni', 'ztunnel'] });
    expect([...both.byHelm.keys()]).toEqual(['istio-base', 'istiod', ...nodes, 'istio-ingress']);
    expect(found(both.byHelm.get('istio-ingress'), 'Deployment', 'istio-ingress').metadata.namespace).toBe('istio-ingress');
  },

  'installation/ambient-profile': (both) => {
    expect(daemons(both)).toEqual(twice(NODES));
    for (const istiod of [both.byHelm.get('istiod'), both.byIstioctl[0]])
      expect(containerOf(istiod, 'Deployment', 'istiod').env).toContainEqual({ name: 'PILOT_ENABLE_AMBIENT', value: 'true' });
  },

  'installation/revisions': (both, _plane, { revisionTags }) => {
    expect(deployments(both)).toEqual(twice(['istiod-1-30-5', 'istiod-1-31-1']));
    const webhooks = [...both.byHelm.values()].flatMap((one) => named(one, 'MutatingWebhookConfiguration'));
    expect(webhooks.sort()).toEqual(['istio-sidecar-injector-1-30-5', 'istio-sidecar-injector-1-31-1']);
    const tags = (revisionTags as Rendered[]).filter(({ kind }) => kind === 'MutatingWebhookConfiguration');
    expect(tags.map(({ metadata: { labels } }) => [labels!['istio.io/tag'], labels!['istio.io/rev']])).toEqual([
      ['default', '1-30-5'],
      ['prod-canary', '1-31-1'],
    ]);
  },

  'installation/gateways': (both, _plane, { helmReleases }) => {
    expect(helmReleases.at(-1)).toMatchObject({ name: 'front', chart: 'gateway', namespaceName: 'istio-ingress' });
    for (const one of [both.byHelm.get('front'), both.byIstioctl[0]])
      expect(found(one, 'Deployment', 'front')).toMatchObject({ metadata: { namespace: 'istio-ingress' }, spec: { replicas: 3 } });
  },

  'installation/cni': (both, plane) => {
    expect(daemons(both)).toEqual(twice(plane.of({ sidecar: NODES.slice(0, 1), ambient: NODES })));
    for (const istiod of [both.byHelm.get('istiod'), both.byIstioctl[0]])
      expect(JSON.stringify(found(istiod, 'ConfigMap', 'istio-sidecar-injector'))).toMatch(/\\"cni\\": \{[^}]*\\"enabled\\": true/);
  },
};

describe('the guides of installation', () => {
  it('are asked, each of them', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(INSTALLATIONS);
  });

  describe.each(INSTALLATIONS)('%s', (task) => {
    forEachPlane((plane) => {
      it('is taken by Istio’s charts and by istioctl, and brings what the guide brings, or is refused', () => {
        for (const one of installationsOf(task, plane.name)) {
          const refused = MeshReport.of(one).findings.filter(({ level }) => level === 'error');
          if (refused.length > 0) expect(refused.map(({ code }) => code)).toContain('MESH604');
          else EXPECTED[task](installed(one), plane, one);
        }
        expect.hasAssertions();
      });
    });
  });
});

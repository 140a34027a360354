import { type Chart, Duration } from 'cdk8s';
import {
  ArgoCdFleet,
  ArgoCdInstallation,
  ControlPlane,
  ExternalAuthorizer,
  FluxFolder,
  FluxInstallation,
  GatewayServiceType,
  InstallationProfile,
  InstalledGateway,
  IstioInstallation,
  type IstioInstallationProps,
  IstioVersion,
  Mesh,
  MeshCluster,
  MeshPort,
  OutboundPolicy,
} from 'istio-constructs';
import { service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { meshFrom, meshOf } from '../mesh-under-test';
import { call } from '../requests';

/** What an installation may say; test/installation has Istio's own charts take it. */
function everyWord(authorizer: ExternalAuthorizer): IstioInstallationProps[] {
  const profiles = [
    InstallationProfile.MINIMAL,
    InstallationProfile.DEFAULT,
    InstallationProfile.PRODUCTION,
    InstallationProfile.DEMO,
    InstallationProfile.AMBIENT,
  ];
  return [
    ...profiles.map((profile) => ({ profile })),
    {
      profile: InstallationProfile.PRODUCTION,
      namespaceName: 'mesh',
      revisions: [{ name: 'blue', version: IstioVersion.V1_31, tags: ['prod', 'default'] }],
      gateways: [
        InstalledGateway.ingress('front', { namespaceName: 'edge', pods: { replicas: 2 }, serviceType: GatewayServiceType.LOAD_BALANCER }),
        InstalledGateway.egress('way-out'),
        InstalledGateway.eastWest('between'),
      ],
      istiodPods: { replicas: 2 },
      istiodEnv: { PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS: 'true' },
      outboundPolicy: OutboundPolicy.ALLOW_ANY,
      discoverySelectors: ['shop', 'payments'].map((name) => ({ 'kubernetes.io/metadata.name': name })),
      accessLogFile: '/dev/stdout',
      jsonAccessLog: true,
      authorizers: [authorizer],
      hub: 'registry.example.com/istio',
      chartRepository: 'oci://registry.example.com/charts',
      contexts: { west: 'admin@west' },
      controlPlane: ControlPlane.primary({ remoteClusters: [MeshCluster.of('west')] }),
    },
    { outboundPolicy: OutboundPolicy.REGISTRY_ONLY },
  ];
}

describe('an installation', () => {
  forEachPlane((plane) => {
    const program = (props?: (authorizer: ExternalAuthorizer) => IstioInstallationProps) => {
      const one = shop(plane);
      one.product.calls(one.cart);
      new Mesh(one.chart, 'mesh', { cluster: MeshCluster.of('east'), otherClusters: [MeshCluster.of('west')] });
      const opa = service(one.shop, 'opa', { ports: [MeshPort.grpc(9191)] });
      if (props) new IstioInstallation(one.chart, 'istio', props(ExternalAuthorizer.of('opa', { service: opa })));
      return one;
    };
    const manifestsOf = ({ chart }: { readonly chart: Chart }) => meshOf(chart).manifests;

    it('changes no manifest of the program, whatever it says', async () => {
      const plain = program();
      for (const index of everyWord(ExternalAuthorizer.of('opa', { service: plain.cart })).keys()) {
        expect(manifestsOf(program((authorizer) => everyWord(authorizer)[index]))).toEqual(manifestsOf(plain));
      }
      const byArgoCd = program();
      new ArgoCdInstallation(byArgoCd.chart, 'argo-cd', {
        installation: new IstioInstallation(byArgoCd.chart, 'istio'),
        namespaceName: 'cd',
        project: 'platform',
        server: 'https://10.0.0.1:6443',
        labels: { team: 'platform' },
      });
      const byName = program();
      new ArgoCdInstallation(byName.chart, 'argo-cd', { installation: new IstioInstallation(byName.chart, 'istio'), clusterName: 'east' });
      new ArgoCdFleet(byName.chart, 'fleet', {
        clusters: [MeshCluster.of('east'), MeshCluster.of('west')],
        repository: 'https://git.example.com/acme/mesh.git',
        folder: 'clusters',
        revision: 'main',
        name: 'acme',
        namespaceName: 'cd',
        project: 'platform',
        labels: { team: 'platform' },
      });
      expect(manifestsOf(byName)).toEqual(manifestsOf(plain));
      const byFlux = program();
      new FluxInstallation(byFlux.chart, 'flux', {
        installation: new IstioInstallation(byFlux.chart, 'istio'),
        namespaceName: 'gitops',
        interval: Duration.minutes(10),
        labels: { team: 'platform' },
      });
      new FluxFolder(byFlux.chart, 'folder', {
        cluster: MeshCluster.of('east'),
        repository: 'https://git.example.com/acme/mesh.git',
        folder: 'clusters',
        branch: 'release',
        secretName: 'deploy-key',
        name: 'acme',
        namespaceName: 'gitops',
        interval: Duration.minutes(10),
        labels: { team: 'platform' },
      });
      expect(manifestsOf(byArgoCd)).toEqual(manifestsOf(plain));
      expect(manifestsOf(byFlux)).toEqual(manifestsOf(plain));
      const mesh = await judged(plain.chart);
      expect((await mesh.answer(call(plain.product, plain.cart))).allowed).toBe(true);
    });

    it('has tags that lead to the Service of their control plane, which its chart makes, where Flux installs it', async () => {
      const one = program();
      const installation = new IstioInstallation(one.chart, 'istio', { revisions: [{ name: 'blue', tags: ['prod', 'default'] }] });
      new FluxInstallation(one.chart, 'flux', { installation });
      const istiod = (name: string) => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'istio-system' },
        spec: { selector: { app: 'istiod', 'istio.io/rev': 'blue' }, ports: [{ name: 'https-webhook', port: 443, targetPort: 15017 }] },
      });
      const complaintsWith = async (name: string) =>
        (await meshFrom([...manifestsOf(one), istiod(name)]).findings()).filter(({ level }) => level === 'error').map(({ code }) => code);
      expect(await complaintsWith('istiod-blue')).toEqual([]);
      expect(await complaintsWith('istiod-green')).toEqual(['IST0139', 'IST0139']);
    });
  });
});

import {
  ArgoCdInstallation,
  DataPlane,
  InstalledGateway,
  IstioInstallation,
  IstioVersion,
  Mesh,
  MeshCluster,
  MeshNamespace,
} from 'istio-constructs';
import { findingCodes, type Manifest, manifests, newChart } from '../../../builders';
import { schemaErrors } from '../../../schemas/schema-errors';

const WAVE = 'argocd.argoproj.io/sync-wave';
const applicationsIn = (objects: readonly Manifest[]) => objects.filter(({ kind }) => kind === 'Application');
const nameOf = ({ metadata }: Manifest): string => metadata.name!;

describe('ArgoCdInstallation', () => {
  it('is an Application for each chart, in the order of their installation, with what the installation says', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { gateways: [InstalledGateway.ingress('way-in')] });
    new ArgoCdInstallation(chart, 'argo-cd', { installation, namespaceName: 'cd', project: 'platform', labels: { team: 'platform' } });
    // Said later: it decides what is installed all the same.
    new Mesh(chart, 'mesh', { istioVersion: IstioVersion.of('1.31.0'), trustDomain: 'example.com' });
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });

    const applications = applicationsIn(manifests(chart));
    expect(applications.map(nameOf)).toEqual(['istio-base', 'istiod', 'istio-cni', 'ztunnel', 'way-in']);
    expect(applications.map(({ metadata }) => (metadata.annotations as Record<string, string>)[WAVE])).toEqual([
      '-5',
      '-4',
      '-3',
      '-2',
      '-1',
    ]);
    expect(applications.map(({ spec }) => (spec as { source: { helm: { valuesObject: object } } }).source.helm.valuesObject)).toEqual(
      installation.helmReleases.map(({ values }) => values),
    );
    expect(applications[1]).toMatchObject({
      metadata: { namespace: 'cd', labels: { team: 'platform' } },
      spec: {
        project: 'platform',
        source: {
          repoURL: 'https://blob.istio.io/istio-release/charts',
          chart: 'istiod',
          targetRevision: '1.31.0',
          helm: { releaseName: 'istiod' },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'istio-system' },
      },
    });
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
  });

  it('leaves tags to the charts of their control planes', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', {
      revisions: [{ name: 'blue', tags: ['prod', 'default'] }, { name: 'green' }],
    });
    new ArgoCdInstallation(chart, 'argo-cd', { installation });
    const values = applicationsIn(manifests(chart)).map(
      ({ spec }) => (spec as { source: { helm: { valuesObject: { revisionTags?: string[] } } } }).source.helm.valuesObject,
    );
    expect(values.map(({ revisionTags }) => revisionTags)).toEqual([undefined, ['prod', 'default'], undefined]);
  });

  it('is there whenever it is declared, and keeps its order when ztunnel comes in later', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.sidecar() });
    expect(applicationsIn(manifests(chart))).toEqual([]); // the tree has been read
    const installation = new IstioInstallation(chart, 'istio', { gateways: [InstalledGateway.ingress('way-in')] });
    new ArgoCdInstallation(chart, 'argo-cd', { installation });
    const waves = () =>
      applicationsIn(manifests(chart)).map(({ metadata }) => [metadata.name, (metadata.annotations as Record<string, string>)[WAVE]]);
    expect(waves()).toEqual([
      ['istio-base', '-5'],
      ['istiod', '-4'],
      ['way-in', '-1'],
    ]);
    new MeshNamespace(chart, 'payments', { dataPlane: DataPlane.ambient() });
    expect(waves()).toEqual([
      ['istio-base', '-5'],
      ['istiod', '-4'],
      ['istio-cni', '-3'],
      ['ztunnel', '-2'],
      ['way-in', '-1'],
    ]);
  });

  it('leaves to istiod what that writes into its webhooks, and nothing else to anybody', () => {
    const chart = newChart();
    new MeshNamespace(chart, 'shop', { dataPlane: DataPlane.ambient() });
    new ArgoCdInstallation(chart, 'argo-cd', { installation: new IstioInstallation(chart, 'istio') });
    const left = applicationsIn(manifests(chart)).map(({ metadata, spec }) => {
      const { ignoreDifferences = [], syncPolicy } = spec as {
        ignoreDifferences?: Array<{ kind: string; jqPathExpressions: string[] }>;
        syncPolicy: { syncOptions: string[] };
      };
      expect(syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true')).toBe(ignoreDifferences.length > 0);
      return [metadata.name, ignoreDifferences.map(({ kind }) => kind)];
    });
    expect(left).toEqual([
      ['istio-base', ['ValidatingWebhookConfiguration']],
      ['istiod', ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']],
      ['istio-cni', []],
      ['ztunnel', []],
    ]);
  });

  it('names a registry of charts as Argo CD does, without its scheme', () => {
    const chart = newChart();
    const installation = new IstioInstallation(chart, 'istio', { chartRepository: 'oci://registry.example.com/istio' });
    new ArgoCdInstallation(chart, 'argo-cd', { installation, server: 'https://10.0.0.1:6443' });
    expect(applicationsIn(manifests(chart))[0].spec).toMatchObject({
      source: { repoURL: 'registry.example.com/istio', chart: 'base' },
      destination: { server: 'https://10.0.0.1:6443' },
    });
  });

  it('marks the namespace of istiod with the network of the cluster, and no other', () => {
    const chart = newChart();
    const gateways = [InstalledGateway.ingress('way-in', { namespaceName: 'edge' })];
    new ArgoCdInstallation(chart, 'argo-cd', { installation: new IstioInstallation(chart, 'istio', { gateways }) });
    const marks = () =>
      applicationsIn(manifests(chart)).map(
        ({ spec }) => (spec as { syncPolicy: { managedNamespaceMetadata?: object } }).syncPolicy.managedNamespaceMetadata,
      );
    expect(marks()).toEqual([undefined, undefined, undefined]);
    new Mesh(chart, 'mesh', { cluster: MeshCluster.of('east', { network: 'near' }) });
    const near = { labels: { 'topology.istio.io/network': 'near' } };
    expect(marks()).toEqual([near, near, undefined]);
    expect(manifests(chart).flatMap(schemaErrors)).toEqual([]);
    expect(findingCodes(chart)).toEqual([]);
  });
});

import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import type { MeshGraph } from '../../../graph/mesh-graph';
import type { ControlPlaneFacts } from '../../../model/installation/control-plane';
import type { InstallationFacts, InstalledMesh, NamespaceMarks, RevisionFacts } from '../../../model/installation/installation';
import type { ProviderFacts } from '../../../model/observability/provider';
import {
  GATEWAYS_FILE,
  hasGatewaysFile,
  helmCommands,
  istioctlCommands,
  operatorFileOf,
  valuesFileOf,
} from '../../../render/installation/commands';
import { marksOfNamespace } from '../../../render/installation/clusters';
import { EXPOSE_ISTIOD, exposesIstiod, renderExposedIstiod } from '../../../render/installation/beside/expose-istiod';
import { hasTags, renderRevisionTags, REVISION_TAGS } from '../../../render/installation/beside/revision-tags';
import { helmReleases, istiodName } from '../../../render/installation/helm-releases';
import { renderGatewaysOperator, renderIstioOperator } from '../../../render/installation/istio-operator';
import { remoteSecretCommands } from '../../../render/installation/remote-secrets';
import { DEFAULT_REVISION, ROOT_NAMESPACE } from '../../../istio/defaults';
import { CallSite } from '../../../support/call-site';
import { kindOf, markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireNamespaceName } from '../../../support/object-names';
import { requireOptions } from '../../../support/options/require-options';
import { forEveryReader } from '../../../support/yaml/every-reader';
import { ControlPlane } from '../../../values/installation/control-plane';
import { InstallationProfile } from '../../../values/installation/installation-profile';
import { OutboundPolicy } from '../../../values/installation/outbound-policy';
import { IstioVersion } from '../../../values/mesh/istio-version';
import { proxyPodsOf } from '../../../values/workload/proxy-pods';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { authorizerEntries } from './authorizer-entries';
import type { HelmRelease, InstallationFile, IstiodNamespace } from './installation-outputs';
import { ISTIO_INSTALLATION_PROPS, type IstioInstallationProps } from './istio-installation-props';
import { requireContexts } from './require-contexts';
import { requireGateways } from './require-gateways';
import { requireChartRepository, requireHub } from './require-place';
import { requireRevisions, type SaidRevision } from './require-revisions';

/** Where Istio's project keeps them. */
const HUB = 'docker.io/istio';
const CHARTS = 'https://blob.istio.io/istio-release/charts';

/** What is said at the installation itself. */
type Said = Omit<InstallationFacts, 'mesh' | 'planes' | 'revisions'>;

/**
 * How Istio is installed for the program: values for Helm's charts with the commands, and a file for `istioctl install`.
 *
 * Expands into no object: an installation is not applied with the manifests. Trust domain, providers, normalization of paths, versions and the CNI agent are those of the
 * `Mesh`, and with a namespace in ambient mode ztunnel is there.
 *
 * @see docs/installation.md
 * @see https://istio.io/latest/docs/setup/install/helm/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { InstallationProfile, IstioInstallation, IstioVersion, Mesh } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * new Mesh(platform, 'mesh', { trustDomain: 'example.com', istioVersion: IstioVersion.V1_31 });
 * const istio = new IstioInstallation(platform, 'istio', { profile: InstallationProfile.PRODUCTION });
 * console.log(istio.helmCommands.join('\n'));
 */
export class IstioInstallation extends Construct {
  private readonly graph: MeshGraph;
  private readonly said: Said;
  private readonly revisions: readonly SaidRevision[];
  private readonly authorizers: readonly ProviderFacts[];

  /**
   * Declares the installation.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props What the Mesh does not say
   */
  public constructor(scope: Construct, id: string, props: IstioInstallationProps = {}) {
    super(freeScope(scope, id), id);
    requireFirst(this);
    markKind(this, 'IstioInstallation');
    this.graph = joinApp(this);
    requireOptions(this, props, ISTIO_INSTALLATION_PROPS);
    this.revisions = requireRevisions(this, props.revisions);
    this.authorizers = authorizerEntries(this, this.graph, props.authorizers);
    this.said = {
      profile: props.profile ?? InstallationProfile.MINIMAL,
      namespaceName: requireNamespaceName(this, props.namespaceName ?? ROOT_NAMESPACE),
      gateways: requireGateways(this, props.gateways),
      pods: proxyPodsOf('IstioInstallation', props.istiodPods ?? {}),
      hub: requireHub(this, props.hub ?? HUB),
      chartRepository: requireChartRepository(this, props.chartRepository ?? CHARTS),
      outboundPolicy: props.outboundPolicy,
      discoverySelectors: props.discoverySelectors ?? [],
      accessLogFile: props.accessLogFile,
      isJsonLog: props.jsonAccessLog,
      env: props.istiodEnv ?? {},
      contexts: requireContexts(this, props.contexts),
      role: (props.controlPlane ?? ControlPlane.primary())._facts,
    };
    this.graph.controlPlane = controlPlaneOf(this, this.said, this.revisions, props);
  }

  /** Charts of Istio with their values, in the order in which they are installed. */
  public get helmReleases(): HelmRelease[] {
    const { chartRepository } = this.said;
    return helmReleases(this.facts()).map((release) => ({ ...release, repository: chartRepository }));
  }

  /** What installs and upgrades Istio by Helm, line by line, with `files` at hand. */
  public get helmCommands(): string[] {
    return helmCommands(this.facts());
  }

  /** The same by istioctl, of the version that is installed. */
  public get istioctlCommands(): string[] {
    return istioctlCommands(this.facts());
  }

  /** Files for these commands: values of each chart, and what istioctl installs. Two of them are manifests, which the commands apply: `revision-tags.yaml`, and `expose-istiod.yaml` of a primary cluster. */
  public get files(): InstallationFile[] {
    const facts = this.facts();
    const { revisions } = facts;
    return [
      ...helmReleases(facts).map((release) => ({ name: valuesFileOf(release), text: yamlOf(release.values) })),
      ...revisions.map((revision) => ({ name: operatorFileOf(revision.name), text: yamlOf(renderIstioOperator(facts, revision)) })),
      ...(hasGatewaysFile(facts) ? [{ name: GATEWAYS_FILE, text: yamlOf(renderGatewaysOperator(facts)) }] : []),
      ...(hasTags(facts) ? [{ name: REVISION_TAGS, text: yamlOf(...renderRevisionTags(facts)) }] : []),
      ...(exposesIstiod(facts) ? [{ name: EXPOSE_ISTIOD, text: yamlOf(...renderExposedIstiod(facts)) }] : []),
    ];
  }

  /** What tags of revisions are made of, a webhook and a Service each, as `revision-tags.yaml` has them. They belong to no chart, so that a tag moves from one control plane to another at once. */
  public get revisionTags(): object[] {
    return renderRevisionTags(this.facts());
  }

  /** What the namespace of istiod has to say before istiod runs: nothing in a mesh of one cluster. The commands, Argo CD and Flux see to it. */
  public get istiodNamespace(): IstiodNamespace {
    const { labels = {}, annotations = {} } = this._namespaceMarks() ?? {};
    return { name: this.said.namespaceName, labels, annotations };
  }

  /** What lets the istiod of this cluster look into each of `otherClusters` of the `Mesh`, once all of them are installed. */
  public get remoteSecretCommands(): string[] {
    return remoteSecretCommands(this.facts());
  }

  /**
   * What the namespace of istiod has to say before istiod runs; nothing in a mesh of one cluster.
   * @internal
   */
  public _namespaceMarks(): (NamespaceMarks & { readonly name: string }) | undefined {
    const marks = marksOfNamespace(this.facts());
    return marks && { name: this.said.namespaceName, ...marks };
  }

  /**
   * Tags of the control plane that a release is.
   * @internal
   */
  public _tagsOf(releaseName: string): readonly string[] {
    return this.facts().revisions.find((revision) => istiodName(revision) === releaseName)?.tags ?? [];
  }

  private facts(): InstallationFacts {
    const { settings, namespaces, parties } = this.graph;
    const localHosts = [...parties.values()].flatMap(({ scope, host }) => (scope === 'LOCAL' && host ? [host] : [])).sort();
    const version = settings.istioVersion ?? IstioVersion.V1_31.version;
    const revisions = this.revisions.map((revision): RevisionFacts => ({ ...revision, version: revision.version ?? version }));
    const mesh: InstalledMesh = { ...settings, localHosts, providers: [...(settings.providers ?? []), ...this.authorizers] };
    return { ...this.said, mesh, planes: [...namespaces.values()].filter(({ enrolled }) => enrolled), revisions };
  }
}

function controlPlaneOf(
  at: Construct,
  said: Said,
  revisions: readonly SaidRevision[],
  { discoverySelectors }: IstioInstallationProps,
): ControlPlaneFacts {
  const { profile, env, role, contexts, outboundPolicy } = said;
  const words = revisions.flatMap(({ name = DEFAULT_REVISION, tags }) => [name, ...tags]);
  const clusters = { role, hasZtunnel: profile === InstallationProfile.AMBIENT, contextsOf: Object.keys(contexts) };
  const dropsUnknown = outboundPolicy === OutboundPolicy.REGISTRY_ONLY;
  return { discoverySelectors, dropsUnknown, revisions: words, env, ...clusters, path: at.node.path, site: CallSite.here() };
}

function yamlOf(...documents: object[]): string {
  return forEveryReader(Yaml.stringify, documents);
}

function requireFirst(at: Construct): void {
  const other = at.node.root.node.findAll().find((one) => one !== at && kindOf(one) === 'IstioInstallation');
  if (!other) return;
  throw new MeshError({
    code: 'MESH924',
    at,
    what: 'a cluster has one installation of Istio, with as many revisions as it needs',
    got: `another one at ${other.node.path}`,
    fix: 'name the control planes in revisions of one IstioInstallation',
  });
}

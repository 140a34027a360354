import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { NamespaceMarks } from '../../../model/installation/installation';
import { ARGO_APPLICATION, type ArgoCdPlace, renderApplication, SYNC_WAVE, waveOf } from '../../../render/installation/argo-cd';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { markKind } from '../../../support/marker';
import { MeshError } from '../../../support/mesh-error';
import { requireName, requireNamespaceName } from '../../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { objectsOf } from '../../tree/objects-of';
import { deliver } from './delivered-objects';
import type { HelmRelease } from './installation-outputs';
import type { IstioInstallation } from './istio-installation';
import { OWN_INSTALLATION } from './own-installation';
import { requireDelivery } from './require-delivery';

/** How Argo CD installs Istio. */
export interface ArgoCdInstallationProps {
  /** What is installed. */
  readonly installation: IstioInstallation;

  /**
   * Namespace of the Applications, in which Argo CD looks.
   * @default argocd
   */
  readonly namespaceName?: string;

  /**
   * Project of Argo CD that the Applications belong to.
   * @default default
   */
  readonly project?: string;

  /**
   * Address of the API server of the cluster that gets Istio.
   * @default - the cluster of Argo CD itself, https://kubernetes.default.svc
   */
  readonly server?: string;

  /**
   * Name under which Argo CD knows the cluster that gets Istio, in place of `server`. Names of the Applications begin with it, so that one Argo CD may have those of several clusters.
   * @default - as `server` says
   */
  readonly clusterName?: string;

  /**
   * Labels of the Applications.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has Argo CD install Istio as an IstioInstallation says, and keep it so.
 *
 * Expands into one Application for each chart, with the name of its release, in sync waves: base, istiod, the CNI agent, ztunnel, gateways, from -5 to -1, before all that names no wave. Applied server-side; what istiod
 * itself writes into its webhooks is left to it. The waves count where one Application brings these and Argo CD judges the health of Applications.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { ArgoCdInstallation, IstioInstallation } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * const installation = new IstioInstallation(platform, 'istio');
 * new ArgoCdInstallation(platform, 'argo-cd', { installation, project: 'platform' });
 */
export class ArgoCdInstallation extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props What is installed, and where Argo CD looks
   */
  public constructor(scope: Construct, id: string, props: ArgoCdInstallationProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'ArgoCdInstallation');
    joinApp(this);
    requireOptions(this, props, ARGO_CD_INSTALLATION_PROPS);
    requireDelivery(this, props.installation);
    const { installation, labels = {}, project = 'default' } = props;
    const destination = destinationOf(this, props);
    const prefix = 'name' in destination ? `${destination.name}-` : '';
    requireLabels(this, 'labels', labels);
    const namespace = requireNamespaceName(this, props.namespaceName ?? 'argocd');
    deliver(this, installation, {
      ...ARGO_APPLICATION,
      metadata: (release) => ({ name: `${prefix}${release.name}`, namespace, labels, annotations: { [SYNC_WAVE]: waveOf(release) } }),
      spec: (release) =>
        renderApplication(tagged(installation, release), { project, destination, marks: marksAt(installation, release.namespaceName) }),
    });
  }

  /** Its Applications, as far as they follow from what was said by now. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

function destinationOf(at: Construct, { server, clusterName }: ArgoCdInstallationProps): ArgoCdPlace['destination'] {
  if (clusterName === undefined) return { server: server ?? 'https://kubernetes.default.svc' };
  if (server === undefined) return { name: requireName(at, 'name of a cluster', clusterName) };
  throw new MeshError({
    code: 'MESH963',
    at,
    what: 'Argo CD finds a cluster by its name or by its address',
    got: `clusterName ${clusterName} and server ${server}`,
    fix: 'leave one of them out',
  });
}

/** Argo CD takes over what stood in another Application, and may be in another cluster: tags are those of the charts. */
function tagged(installation: IstioInstallation, release: HelmRelease): HelmRelease {
  const revisionTags = installation._tagsOf(release.name);
  return revisionTags.length > 0 ? { ...release, values: { ...release.values, revisionTags: [...revisionTags] } } : release;
}

/** What the namespace of a chart has to say, where that is the one of istiod. */
function marksAt(installation: IstioInstallation, namespaceName: string): NamespaceMarks | undefined {
  const { name, ...marks } = installation._namespaceMarks() ?? { name: undefined };
  return name === namespaceName ? marks : undefined;
}

const ARGO_CD_INSTALLATION_PROPS = struct<ArgoCdInstallationProps>({
  installation: OWN_INSTALLATION,
  namespaceName: optional(TEXT),
  project: optional(TEXT),
  server: optional(TEXT),
  clusterName: optional(TEXT),
  labels: optional(mapOf(TEXT)),
});

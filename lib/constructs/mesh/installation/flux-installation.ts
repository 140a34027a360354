import { ApiObject, type ApiObjectProps, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { CHARTS_NAME, HELM_RELEASE, HELM_REPOSITORY, renderHelmRelease, renderHelmRepository } from '../../../render/installation/flux';
import { requireLabels } from '../../../support/bounds/label-syntax';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { gatewayDuration } from '../../../support/durations';
import { markKind } from '../../../support/marker';
import { requireNamespaceName } from '../../../support/object-names';
import { mapOf, optional, struct, TEXT } from '../../../support/options/kind';
import { requireOptions } from '../../../support/options/require-options';
import { timespan } from '../../../support/options/timespan';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { lazy } from '../../tree/lazy';
import { claimObject } from '../../tree/make-object';
import { objectsOf } from '../../tree/objects-of';
import { Slot } from '../../tree/slot';
import { deliver } from './delivered-objects';
import type { IstioInstallation } from './istio-installation';
import { OWN_INSTALLATION } from './own-installation';
import { requireDelivery } from './require-delivery';

/** How Flux installs Istio. */
export interface FluxInstallationProps {
  /** What is installed. */
  readonly installation: IstioInstallation;

  /**
   * Namespace of the HelmReleases.
   * @default flux-system
   */
  readonly namespaceName?: string;

  /**
   * How often Flux looks whether all is as it is said.
   * @default - an hour
   */
  readonly interval?: Duration;

  /**
   * Labels of its objects.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Has Flux install Istio as an IstioInstallation says, and keep it so.
 *
 * Expands into the HelmRepository `istio` and one HelmRelease for each chart, with the name of its release. Each depends on the one before it: base, istiod, the CNI agent, ztunnel, gateways.
 * In a mesh of several clusters also the namespace of istiod, with the network of the cluster; with tags of revisions that namespace, and a webhook and a Service for each.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 * @example
 * import { App, Chart } from 'cdk8s';
 * import { FluxInstallation, IstioInstallation } from 'istio-constructs';
 *
 * const platform = new Chart(new App(), 'platform');
 * const installation = new IstioInstallation(platform, 'istio');
 * new FluxInstallation(platform, 'flux', { installation });
 */
export class FluxInstallation extends Construct {
  /**
   * Declares it.
   * @param scope Where to declare it
   * @param id Id of the construct
   * @param props What is installed, and how often Flux looks
   */
  public constructor(scope: Construct, id: string, props: FluxInstallationProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'FluxInstallation');
    joinApp(this);
    requireOptions(this, props, FLUX_INSTALLATION_PROPS);
    requireDelivery(this, props.installation);
    const { installation, labels = {} } = props;
    requireLabels(this, 'labels', labels);
    const namespace = requireNamespaceName(this, props.namespaceName ?? 'flux-system');
    const interval = gatewayDuration(requireMilliseconds(this, 'interval', props.interval ?? Duration.hours(1)));

    const repository = lazy(() => renderHelmRepository(installation.helmReleases[0].repository, interval));
    const metadata = { name: CHARTS_NAME, namespace, labels };
    claimObject(new ApiObject(this, 'Charts', { ...HELM_REPOSITORY, metadata, spec: repository }));
    deliverNamespace(this, installation);
    deliverTags(this, installation);
    deliver(this, installation, {
      ...HELM_RELEASE,
      metadata: ({ name }) => ({ name, namespace, labels }),
      spec: (release, before) => renderHelmRelease(release, before, interval),
    });
  }

  /** Its objects, as far as they follow from what was said by now. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}

/** With the namespace istiod and all that is in it would go. */
const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';

/** Helm makes a namespace without a label, and too late for Services of tags: that of istiod comes before it where it has something to say, or to hold. */
function deliverNamespace(scope: Construct, installation: IstioInstallation): void {
  new Slot(scope, 'Namespace', () => {
    const marks = installation._namespaceMarks();
    if (marks === undefined && installation.revisionTags.length === 0) return [];
    const { name } = installation.istiodNamespace;
    const metadata = { ...marks, name, annotations: { ...marks?.annotations, [PRUNE]: 'disabled' } };
    return [{ id: name, make: (at, id) => claimObject(new ApiObject(at, id, { apiVersion: 'v1', kind: 'Namespace', metadata })) }];
  });
}

function deliverTags(scope: Construct, installation: IstioInstallation): void {
  new Slot(scope, 'Tags', () =>
    (installation.revisionTags as ApiObjectProps[]).map((object) => ({
      id: object.metadata!.name!,
      make: (at, id) => claimObject(new ApiObject(at, id, object)),
    })),
  );
}

const FLUX_INSTALLATION_PROPS = struct<FluxInstallationProps>({
  installation: OWN_INSTALLATION,
  namespaceName: optional(TEXT),
  interval: optional(timespan<Duration>()),
  labels: optional(mapOf(TEXT)),
});

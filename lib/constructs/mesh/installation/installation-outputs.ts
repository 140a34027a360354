/** A chart of Istio to be installed, with its values. */
export interface HelmRelease {
  /** Name of the release: `istiod`. */
  readonly name: string;
  /** Name of the chart: `base`, `istiod`, `cni`, `ztunnel` or `gateway`. */
  readonly chart: string;
  /** Where the chart is. */
  readonly repository: string;
  /** Version of the chart, which is that of Istio. */
  readonly version: string;
  /** Where it is installed. */
  readonly namespaceName: string;
  /** Values of the chart. */
  readonly values: object;
}

/** A file for whoever installs Istio. But for `revision-tags.yaml` and `expose-istiod.yaml` it is no manifest, and not to be applied. */
export interface InstallationFile {
  /** Its name, as the commands say it. */
  readonly name: string;
  /** What is in it. */
  readonly text: string;
}

/** What the namespace of istiod has to say before istiod runs. Helm makes one that says nothing. */
export interface IstiodNamespace {
  /** Its name. */
  readonly name: string;
  /** Its labels: in a mesh of several clusters the network of this one. */
  readonly labels: { [key: string]: string };
  /** Its annotations. */
  readonly annotations: { [key: string]: string };
}

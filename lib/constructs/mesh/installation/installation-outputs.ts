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

/** A file for whoever installs Istio. It is no manifest, and not to be applied. */
export interface InstallationFile {
  /** Its name, as the commands say it. */
  readonly name: string;
  /** What is in it. */
  readonly text: string;
}

import * as pulumi from '@pulumi/pulumi';
import { version } from '@pulumi/kubernetes/package.json';
import type { HelmRelease } from 'istio-constructs';

const OCI = /^oci:\/\//;

/** A chart that the Kubernetes provider installs by Helm, as helm.v3.Release has it. */
export class ReleaseResource extends pulumi.CustomResource {
  /**
   * Registers a release.
   * @param name Name of the resource
   * @param release What is installed
   * @param values Its values, with Outputs in the place of what is known later
   * @param options Where in the tree, and after what
   */
  public constructor(name: string, release: HelmRelease, values: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    const { chart, repository, namespaceName } = release;
    // A registry has its charts by their whole address, and no index that Helm would look into.
    const place = OCI.test(repository) ? { chart: `${repository}/${chart}` } : { chart, repositoryOpts: { repo: repository } };
    const inputs = { ...place, name: release.name, namespace: namespaceName, createNamespace: true, version: release.version, values };
    // By `compat` the provider knows that the resource has the fields of helm.v3.Release.
    super('kubernetes:helm.sh/v3:Release', name, { ...inputs, compat: 'true', status: undefined }, { ...options, version });
  }
}

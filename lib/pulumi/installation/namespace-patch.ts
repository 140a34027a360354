import * as pulumi from '@pulumi/pulumi';
import { version } from '@pulumi/kubernetes/package.json';
import type { IstiodNamespace } from 'istio-constructs';

/** Labels and annotations of a namespace that somebody else has made: Helm makes one without any. */
export class NamespacePatch extends pulumi.CustomResource {
  /**
   * Registers them.
   * @param resourceName Name of the resource
   * @param namespace What the namespace has to say
   * @param options Where in the tree, and after what
   */
  public constructor(resourceName: string, { name, labels, annotations }: IstiodNamespace, options: pulumi.CustomResourceOptions) {
    const inputs = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations }, spec: undefined, status: undefined };
    super('kubernetes:core/v1:NamespacePatch', resourceName, inputs, { ...options, version });
  }
}

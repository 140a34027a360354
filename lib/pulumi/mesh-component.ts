import * as pulumi from '@pulumi/pulumi';

const MODULE = 'istio-constructs:index';

/** A construct in Pulumi's tree of resources. */
export class MeshComponent extends pulumi.ComponentResource {
  public constructor(type: string, name: string, options: pulumi.ComponentResourceOptions) {
    super(`${MODULE}:${type}`, name, {}, options);
  }
}

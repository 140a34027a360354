import * as pulumi from '@pulumi/pulumi';
import { version } from '@pulumi/kubernetes/package.json';

/** A manifest, or what the API server has made of it. */
export interface KubernetesManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubernetesMetadata;
  readonly spec?: any;
  readonly status?: any;
  readonly [field: string]: any;
}

/** Of an object in the cluster, the server fills in `uid` and more. */
export interface KubernetesMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: any;
}

/** One object in the cluster, under the type that the Kubernetes provider has for its kind. */
export class KubernetesObject extends pulumi.CustomResource {
  /** The object as the API server answered. */
  public readonly live: pulumi.Output<KubernetesManifest>;

  /**
   * Registers an object.
   * @param name Name of the resource
   * @param manifest The object as the program says it, with marks for what is not known yet
   * @param resolved The same with Outputs in their place
   * @param options Where in the tree, and after what
   */
  public constructor(
    name: string,
    public readonly manifest: KubernetesManifest,
    resolved: pulumi.Inputs,
    options: pulumi.CustomResourceOptions,
  ) {
    const isSecret = manifest.kind === 'Secret' && manifest.apiVersion === 'v1';
    const inputs = { ...absent(ADDED), ...(isSecret ? withSecrets(resolved) : resolved), status: undefined };
    super(typeOf(manifest), name, inputs, { ...options, version, additionalSecretOutputs: isSecret ? CONFIDENTIAL : [] });
    const fields = Object.keys(inputs).map((field) => [field, (this as Record<string, any>)[field]]);
    this.live = pulumi.output(Object.fromEntries(fields)) as unknown as pulumi.Output<KubernetesManifest>;
  }
}

// What the API server may add to an object, as it does the status of all: a field that is not among the inputs would not come back.
const ADDED = ['data', 'imagePullSecrets', 'secrets', 'spec', 'type'];
const CONFIDENTIAL = ['data', 'stringData'];

const absent = (fields: readonly string[]): pulumi.Inputs => Object.fromEntries(fields.map((field) => [field, undefined]));

const withSecrets = (inputs: pulumi.Inputs): pulumi.Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([field, value]) => [field, CONFIDENTIAL.includes(field) ? pulumi.secret(value) : value]));

/** The type that the Kubernetes provider has for a kind. */
export function typeOf({ apiVersion, kind }: KubernetesManifest): string {
  return `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

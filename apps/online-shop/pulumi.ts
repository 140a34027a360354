// `pulumi up` runs this: the same chart, each of its manifests a resource of the type that the Kubernetes provider gives it.
import * as pulumi from '@pulumi/pulumi';
import { version } from '@pulumi/kubernetes/package.json';
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from './online-shop';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

class KubernetesObject extends pulumi.CustomResource {
  constructor(manifest: Manifest, dependsOn: pulumi.Resource[]) {
    const { apiVersion, kind, metadata } = manifest;
    const group = apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`;
    const name = [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
    super(`kubernetes:${group}:${kind}`, name, manifest, { dependsOn, version });
  }
}

const plane = new pulumi.Config().get('plane') ?? 'ambient';
const dataPlane = plane === 'sidecar' ? DataPlane.sidecar() : DataPlane.ambient();
const manifests = new OnlineShop(new App(), 'online-shop', { dataPlane }).toJson() as Manifest[];

// Namespaces first, then everything in the order in which the chart would be written.
const isNamespace = ({ kind }: Manifest): boolean => kind === 'Namespace';
const namespaces = manifests.filter(isNamespace).map((manifest) => new KubernetesObject(manifest, []));
let previous: pulumi.Resource[] = namespaces;
for (const manifest of manifests.filter((candidate) => !isNamespace(candidate))) {
  previous = [new KubernetesObject(manifest, previous)];
}

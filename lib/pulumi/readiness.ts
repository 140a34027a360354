import type { KubernetesManifest } from './kubernetes-object';

const WAIT_FOR = 'pulumi.com/waitFor';
const SKIP_AWAIT = 'pulumi.com/skipAwait';

const READY: Readonly<Record<string, string>> = {
  Gateway: 'condition=Programmed',
  HTTPRoute: 'jsonpath={.status.parents[0].conditions[?(@.type=="Accepted")].status}=True',
};

/** The manifest with a word to the provider on when it counts as ready; one that says something of the kind itself stays as it is. */
export function awaited(manifest: KubernetesManifest): KubernetesManifest {
  const { apiVersion, kind, metadata } = manifest;
  const annotations = metadata.annotations ?? {};
  const isSaid = WAIT_FOR in annotations || annotations[SKIP_AWAIT] === 'true';
  if (isSaid || !apiVersion.startsWith('gateway.networking.k8s.io/') || !READY[kind]) return manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...annotations, [WAIT_FOR]: READY[kind] } } };
}

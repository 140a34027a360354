// Kinds of Kubernetes, Istio, the Gateway API and their usual neighbours that live in no namespace.
const KINDS = new Set(
  (
    'Namespace Node PersistentVolume ClusterRole ClusterRoleBinding CustomResourceDefinition APIService StorageClass CSIDriver CSINode ' +
    'VolumeAttachment PriorityClass RuntimeClass IngressClass GatewayClass MutatingWebhookConfiguration ValidatingWebhookConfiguration ' +
    'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding FlowSchema ' +
    'PriorityLevelConfiguration CertificateSigningRequest ClusterTrustBundle DeviceClass IPAddress ServiceCIDR'
  ).split(' '),
);

/**
 * Whether objects of a kind live in no namespace. Kinds that others define say it by their name, as ClusterIssuer does: nothing in a manifest
 * tells it.
 */
export function isClusterScoped(kind: string): boolean {
  return KINDS.has(kind) || /^Cluster[A-Z]/.test(kind);
}

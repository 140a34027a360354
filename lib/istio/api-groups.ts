export const CORE = '';
export const NETWORKING = 'networking.istio.io';
export const SECURITY = 'security.istio.io';
export const EXTENSIONS = 'extensions.istio.io';
export const TELEMETRY = 'telemetry.istio.io';
export const GATEWAY_API = 'gateway.networking.k8s.io';
export const KUBERNETES_NETWORKING = 'networking.k8s.io';
export const RBAC = 'rbac.authorization.k8s.io';

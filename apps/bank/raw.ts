// RAW: what the bank has and there is no construct for yet. Whatever is made inside a namespace's construct lives in that namespace.
import { ApiObject } from 'cdk8s';
import { MeshedService, ZeroTrustNamespace } from 'istio-constructs';

/**
 * Nobody calls the service without a token of the bank, whoever lets them in. Policies attach to sidecars by labels, to a waypoint by a Service;
 * and a refusal that speaks of HTTP alone would refuse every port that is not HTTP, so it names the port. Each attachment has names of its own: as one
 * object that changes its attachment it would have both under server-side apply, which the API server refuses.
 */
export function requireToken(bank: ZeroTrustNamespace, service: MeshedService, plane: 'sidecar' | 'ambient'): void {
  const [place, attachment] = {
    sidecar: ['', { selector: { matchLabels: { app: service.serviceName } } }] as const,
    ambient: ['-waypoint', { targetRefs: [{ group: '', kind: 'Service', name: service.serviceName }] }] as const,
  }[plane];
  new ApiObject(bank, 'tokens', {
    apiVersion: 'security.istio.io/v1',
    kind: 'RequestAuthentication',
    metadata: { name: `tokens${place}` },
    spec: { ...attachment, jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys', audiences: ['bank'] }] },
  });
  new ApiObject(bank, 'no-token', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `no-token${place}` },
    spec: {
      ...attachment,
      action: 'DENY',
      rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }], to: [{ operation: { ports: ['8080'] } }] }],
    },
  });
}

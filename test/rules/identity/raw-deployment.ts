import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

interface RawPods {
  readonly labels: object;
  readonly kind?: string;
  readonly serviceAccountName?: string;
}

/** Pods in namespace shop that no construct of the library makes. */
export function deployment(scope: Construct, { labels, kind = 'Deployment', serviceAccountName }: RawPods): ApiObject {
  const containers = [{ name: 'added', image: 'ghcr.io/acme/added:1.0.0' }];
  const template = { metadata: { labels }, spec: { serviceAccountName, containers } };
  return new ApiObject(scope, 'added', {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'added', namespace: 'shop' },
    spec: kind === 'Job' ? { template } : { selector: { matchLabels: labels }, template },
  });
}

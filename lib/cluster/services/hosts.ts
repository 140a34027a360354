import type { MeshSettings } from '../cluster';

type Domain = Pick<MeshSettings, 'clusterDomain'>;

export interface ServiceName {
  readonly name: string;
  readonly namespaceName: string;
}

/** The full name of a Service. */
export function hostOf({ clusterDomain }: Domain, name: string, namespaceName: string): string {
  return `${name}.${namespaceName}.svc.${clusterDomain}`;
}

/** The host as Istio reads it in an object of a namespace: only a name without any dot is completed. Letters stay as they are written. */
export function fullHost(domain: Domain, host: string, namespaceName: string): string {
  const isFull = host.includes('.') || host.includes(':') || host === '*' || host === '';
  return isFull ? host : hostOf(domain, host, namespaceName);
}

/** The Service that a full name stands for, whether or not there is one. */
export function serviceNameOf({ clusterDomain }: Domain, host: string): ServiceName | undefined {
  const suffix = `.svc.${clusterDomain}`;
  if (!host.endsWith(suffix)) return undefined;
  const [name, namespaceName, ...rest] = host.slice(0, -suffix.length).split('.');
  return name && namespaceName && rest.length === 0 ? { name, namespaceName } : undefined;
}

/** A host, or a wildcard such as `*.example.com` that covers it. */
export function hostMatches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*')) return pattern === host;
  return host.endsWith(pattern.slice(1));
}

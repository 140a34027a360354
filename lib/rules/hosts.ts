import type { MeshModel } from '../model/mesh-model';
import { NETWORKING, objectsOf, specOf, textsOf } from './manifest-reader';
import { perModel } from './per-model';

export interface ServiceName {
  readonly name: string;
  readonly namespaceName: string;
}

export function hostOf(model: MeshModel, { name, namespaceName }: ServiceName): string {
  return `${name}.${namespaceName}.svc.${model.clusterDomain}`;
}

/** The host as Istio reads it in an object of a namespace: only a name without any dot is completed. */
export function fullHost(model: MeshModel, namespaceName: string, host: string): string {
  return host.includes('.') || host === '*' ? host.toLowerCase() : hostOf(model, { name: host.toLowerCase(), namespaceName });
}

/** The Service that a full host name stands for. */
export function serviceOfHost(model: MeshModel, host: string): ServiceName | undefined {
  const suffix = `.svc.${model.clusterDomain}`;
  if (!host.endsWith(suffix)) return undefined;
  const [name, namespaceName, ...rest] = host.slice(0, -suffix.length).split('.');
  return namespaceName && rest.length === 0 ? { name, namespaceName } : undefined;
}

/** Hosts that a ServiceEntry of the program declares. */
export const serviceEntryHosts = perModel(
  (model): ReadonlySet<string> => new Set(objectsOf(model, NETWORKING, 'ServiceEntry').flatMap((entry) => textsOf(specOf(entry).hosts))),
);

import { hostOf, type ServiceName, serviceNameOf } from '../../../cluster/services/hosts';
import { serviceOf, tryServiceOf } from '../../../cluster/services/registry';
import { servicesIn, servicesOf } from '../../../cluster/services/services';
import { gatewayHosts } from '../../../cluster/workloads/gateways';
import type { MeshModel } from '../../../model/mesh-model';
import { certainlyMeant } from '../../../support/options/nearest';
import { clusterOf } from '../../cluster-of';
import { perModel } from '../../per-model';
import { ownedNamespaces } from '../../planes';
import { hasAllServices } from './known-services';

// Every cluster has it, and no manifest.
const API_SERVER: ServiceName = { name: 'kubernetes', namespaceName: 'default' };

/** A host that is not there. */
export interface WrongHost {
  readonly got: string;
  readonly why: string;
  readonly fix: string;
  /** The host that must have been meant. */
  readonly meant?: string;
  /** It is the half of a name, which clients of the cluster may well ask for. */
  readonly isHalf?: boolean;
}

/** What is wrong with a name of the cluster, as Istio has completed it; nothing where it may be somewhere else. */
export function wrongHost(model: MeshModel, host: string): WrongHost | undefined {
  if (host.includes('*') || isKnown(model, host)) return undefined;
  const halfName = halfWrittenHost(model, host);
  if (halfName)
    return { got: host, why: 'but Istio completes only names without a dot', fix: `write ${halfName}`, meant: halfName, isHalf: true };
  const name = serviceNameOf(model, host);
  if (!name || !hasAllServices(model, name.namespaceName)) return undefined;
  const meant = hostMeant(model, name);
  // istiod and what goes with it are installed by others.
  if (meant === undefined && name.namespaceName === clusterOf(model).rootNamespace) return undefined;
  const fix = meant === undefined ? (elsewhere(model, name) ?? nearby(model, name)) : `write ${meant}`;
  return { got: host, why: `but namespace ${name.namespaceName} has no such Service`, fix, meant };
}

function hostMeant(model: MeshModel, { name, namespaceName }: ServiceName): string | undefined {
  const services = servicesIn(clusterOf(model), namespaceName).filter(({ kind }) => kind === 'Service');
  const meant = certainlyMeant(
    name,
    services.map(({ object }) => object.name),
  );
  return meant === undefined ? undefined : hostOf(model, meant, namespaceName);
}

// `cart.shop` may be a host of the outside world, unless there is such a Service.
function halfWrittenHost(model: MeshModel, host: string): string | undefined {
  const [name, namespaceName, svc, ...rest] = host.split('.');
  if (namespaceName === undefined || rest.length > 0 || (svc !== undefined && svc !== 'svc')) return undefined;
  const whole = hostOf(model, name, namespaceName);
  return isKnown(model, whole) || (svc && hasAllServices(model, namespaceName)) ? whole : undefined;
}

function isKnown(model: MeshModel, host: string): boolean {
  const cluster = clusterOf(model);
  // Capitals are another mistake.
  const small = host.toLowerCase();
  return (
    serviceOf(cluster, host) !== undefined ||
    tryServiceOf(cluster, small) !== undefined ||
    gatewayHosts(cluster).has(small) ||
    small === hostOf(model, API_SERVER.name, API_SERVER.namespaceName) ||
    partyHosts(model).has(small)
  );
}

function nearby(model: MeshModel, { namespaceName }: ServiceName): string {
  if (ownedNamespaces(model).has(namespaceName)) return 'name a Service of the namespace, or declare it';
  return 'name a Service of the namespace, or hand over the file that has it as well';
}

/** Where other namespaces have a Service of that name. */
function elsewhere(model: MeshModel, { name }: ServiceName): string | undefined {
  const hosts = servicesOf(clusterOf(model)).filter((one) => one.kind === 'Service' && one.name === name);
  if (hosts.length === 0) return undefined;
  return `write ${hosts
    .map((one) => one.hosts[0])
    .sort()
    .join(' or ')}, if that is meant: a name without a dot is one of the object's own namespace`;
}

// What is imported has no manifest here, and yet is known.
const partyHosts = perModel((model): ReadonlySet<string> => new Set([...model.services, ...model.others].map(({ host }) => host ?? '')));

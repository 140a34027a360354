import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cure } from '../../model/finding';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { fieldsOf, listOf, numberOf, valueAt } from '../../cluster/objects/fields';
import { namespaceOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { type SidecarScope, sidecarScopes } from '../../cluster/policies/sidecar-scopes';
import { destinationsOf, virtualServices } from '../../cluster/routes/virtual-services';
import { hostOf, type ServiceName, serviceNameOf } from '../../cluster/services/hosts';
import { serviceOf, tryServiceOf } from '../../cluster/services/registry';
import { servicesIn } from '../../cluster/services/services';
import { gatewayHosts } from '../../cluster/workloads/gateways';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { ownedNamespaces } from '../planes';
import { DESTINATIONS, fieldPaths, NAME, ROUTE_REFERENCES, ROUTES } from '../comparison';
import { perModel } from '../per-model';
import { curesOfTexts } from '../named/values/mended';
import { certainlyMeant } from '../../support/options/nearest';
import { type Report, rule } from '../rule';

export const unknownHost = rule({
  code: 'MESH308',
  level: 'error',
  title: 'host or port that does not exist',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host', 'port number']), made: false },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host'], made: false },
    { kinds: [`${NETWORKING}/Sidecar`], fields: ['spec egress hosts'], made: false },
    { kinds: ROUTES, fields: ROUTE_REFERENCES },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec ports port'], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const one of virtualServices(cluster).filter(isRaw)) check(model, one.object, destinationsOf(cluster, one), report);
    for (const one of destinationRules(cluster).filter(isRaw)) check(model, one.object, ruleTargets(one), report);
    for (const one of sidecarScopes(cluster).filter(isRaw)) check(model, one.object, scopeTargets(one), report);
    for (const route of gatewayApiRoutes(cluster).filter(isRaw)) {
      const services = [...route.parents, ...backendsOf(route)].filter(({ group, kind }) => group === CORE && kind === 'Service');
      const targets = services.map(({ key, port }): Target => {
        const [namespaceName, name] = key.split('/');
        return { host: hostOf(cluster, name, namespaceName), port };
      });
      check(model, route.object, targets, report);
    }
  },
});

interface Target {
  readonly host: string;
  readonly port?: number;
}

function ruleTargets({ object, host }: DestinationRule): Target[] {
  const { portLevelSettings } = fieldsOf(specOf(object).trafficPolicy);
  const ports = listOf(portLevelSettings).map((setting) => numberOf(valueAt(setting, 'port', 'number')));
  return [{ host }, ...ports.map((port) => ({ host, port }))];
}

// A host after `~` is one to leave out, and the namespace does not say where a host is but who may speak of it.
function scopeTargets({ listeners = [] }: SidecarScope): Target[] {
  const hosts = listeners.flatMap((listener) => listener.hosts).filter((host) => !host.startsWith('~'));
  return hosts.map((host) => ({ host: host.slice(host.indexOf('/') + 1) }));
}

function check(model: MeshModel, object: ManifestObject, targets: readonly Target[], report: Report): void {
  const distinct = new Map(targets.map((target) => [`${target.host}:${target.port}`, target]));
  const unknown = new Set<string>();
  for (const target of distinct.values()) {
    const wrong = wrongHost(model, target) ?? wrongPort(model, target);
    if (!wrong || unknown.has(wrong.got)) continue;
    unknown.add(wrong.got);
    report({
      on: object,
      message: `${nameOf(object)} names ${wrong.got}, ${wrong.why}`,
      got: wrong.got,
      fix: wrong.fix,
      cures: curesOfHost(object, wrong),
    });
  }
}

interface Wrong {
  readonly got: string;
  readonly why: string;
  readonly fix: string;
  /** The host that must have been meant. */
  readonly meant?: string;
}

// As it is written, in full or as a name of the object's own namespace.
function curesOfHost(object: ManifestObject, { got, meant }: Wrong): Cure[] {
  if (meant === undefined) return [];
  const [[name, namespaceName], [other]] = [got.split('.'), meant.split('.')];
  return curesOfTexts(object, (text, field) => {
    if (field.at(-1) !== 'host') return undefined;
    if (text === got) return meant;
    return text === name && namespaceName === namespaceOf(object) ? other : undefined;
  });
}

function wrongHost(model: MeshModel, { host }: Target): Wrong | undefined {
  if (host.includes('*') || isKnown(model, host)) return undefined;
  const halfName = halfWrittenHost(model, host);
  if (halfName) return { got: host, why: 'but Istio completes only names without a dot', fix: `write ${halfName}`, meant: halfName };
  const name = serviceNameOf(model, host);
  if (!name || !ownedNamespaces(model).has(name.namespaceName)) return undefined;
  return {
    got: host,
    why: `but namespace ${name.namespaceName} has no such Service`,
    fix: 'name a Service of the namespace, or declare it',
    meant: hostMeant(model, name),
  };
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
  return isKnown(model, whole) || (svc && ownedNamespaces(model).has(namespaceName)) ? whole : undefined;
}

function isKnown(model: MeshModel, host: string): boolean {
  const cluster = clusterOf(model);
  // Capitals are another mistake.
  const small = host.toLowerCase();
  return (
    serviceOf(cluster, host) !== undefined ||
    tryServiceOf(cluster, small) !== undefined ||
    gatewayHosts(cluster).has(small) ||
    partyHosts(model).has(small)
  );
}

function wrongPort(model: MeshModel, { host, port }: Target): Wrong | undefined {
  const ports = tryServiceOf(clusterOf(model), host)?.ports ?? [];
  if (port === undefined || ports.length === 0 || ports.some(({ number }) => number === port)) return undefined;
  return {
    got: `${host}:${port}`,
    why: 'but its Service has no such port',
    fix: `use one of its ports: ${ports.map(({ number }) => number).join(', ')}`,
  };
}

// What is imported has no manifest here, and yet is known.
const partyHosts = perModel((model): ReadonlySet<string> => new Set([...model.services, ...model.others].map(({ host }) => host ?? '')));

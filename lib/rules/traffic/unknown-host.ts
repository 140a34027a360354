import { CORE, GATEWAY_API, NETWORKING } from '../../istio/api-groups';
import { GATEWAY_OBJECT_NAME } from '../../istio/labels';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { DESTINATIONS, fieldPaths, NAME, ROUTE_REFERENCES, ROUTES } from '../comparison';
import { backendServices, gatewayRoutesOf, parentServices } from '../gateway-routes';
import { fullHost, hostOf, serviceEntryHosts, serviceOfHost } from '../hosts';
import {
  fieldsOf,
  labelsOf,
  listOf,
  metadataOf,
  nameOf,
  namespaceOf,
  numberOf,
  objectsOf,
  rawObjectsOf,
  specOf,
  textOf,
  valueAt,
} from '../manifest-reader';
import { ownedNamespaces } from '../namespace-planes';
import { perModel } from '../per-model';
import { type Report, rule } from '../rule';
import { servicesByHost } from '../service-facts';
import { type Destination, destinationsOf } from '../virtual-services';

export const unknownHost = rule({
  code: 'MESH308',
  level: 'error',
  title: 'host or port that does not exist',
  compares: [
    { kinds: [`${NETWORKING}/VirtualService`], fields: fieldPaths(DESTINATIONS, ['host', 'port number']), made: false },
    { kinds: [`${NETWORKING}/DestinationRule`], fields: ['spec host'], made: false },
    { kinds: ROUTES, fields: ROUTE_REFERENCES },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec ports port'], sought: true },
  ],

  check(model, report) {
    for (const object of rawObjectsOf(model, NETWORKING, 'VirtualService')) check(model, object, destinationsOf(model, object), report);
    for (const object of rawObjectsOf(model, NETWORKING, 'DestinationRule')) check(model, object, ruleTargets(model, object), report);
    for (const object of gatewayRoutesOf(model).filter(({ made }) => !made)) {
      check(model, object, [...parentServices(model, object), ...backendServices(model, object)], report);
    }
  },
});

function ruleTargets(model: MeshModel, object: ManifestObject): Destination[] {
  const { host, trafficPolicy } = specOf(object);
  const target = { host: fullHost(model, namespaceOf(object), textOf(host) ?? '') };
  const ports = listOf(fieldsOf(trafficPolicy).portLevelSettings).map((setting) => numberOf(valueAt(setting, 'port', 'number')));
  return [target, ...ports.map((port) => ({ ...target, port }))];
}

function check(model: MeshModel, object: ManifestObject, targets: readonly Destination[], report: Report): void {
  const distinct = new Map(targets.map((target) => [`${target.host}:${target.port}`, target]));
  const unknown = new Set<string>();
  for (const target of distinct.values()) {
    const wrong = wrongHost(model, target) ?? wrongPort(model, target);
    if (!wrong || unknown.has(wrong.got)) continue;
    unknown.add(wrong.got);
    report({ on: object, message: `${nameOf(object)} names ${wrong.got}, ${wrong.why}`, got: wrong.got, fix: wrong.fix });
  }
}

interface Wrong {
  readonly got: string;
  readonly why: string;
  readonly fix: string;
}

function wrongHost(model: MeshModel, { host }: Destination): Wrong | undefined {
  if (host.includes('*') || isKnown(model, host)) return undefined;
  const halfName = halfWrittenHost(model, host);
  if (halfName) return { got: host, why: 'but Istio completes only names without a dot', fix: `write ${halfName}` };
  const name = serviceOfHost(model, host);
  if (!name || !ownedNamespaces(model).has(name.namespaceName)) return undefined;
  return {
    got: host,
    why: `but namespace ${name.namespaceName} has no such Service`,
    fix: 'name a Service of the namespace, or declare it',
  };
}

// `cart.shop` may be a host of the outside world, unless there is such a Service.
function halfWrittenHost(model: MeshModel, host: string): string | undefined {
  const [name, namespaceName, svc, ...rest] = host.split('.');
  if (namespaceName === undefined || rest.length > 0 || (svc !== undefined && svc !== 'svc')) return undefined;
  const whole = hostOf(model, { name, namespaceName });
  return isKnown(model, whole) || (svc && ownedNamespaces(model).has(namespaceName)) ? whole : undefined;
}

function isKnown(model: MeshModel, host: string): boolean {
  return [servicesByHost, serviceEntryHosts, partyHosts, gatewayHosts].some((hosts) => hosts(model).has(host));
}

function wrongPort(model: MeshModel, { host, port }: Destination): Wrong | undefined {
  const ports = servicesByHost(model).get(host)?.ports ?? [];
  if (port === undefined || ports.length === 0 || ports.some(({ number }) => number === port)) return undefined;
  return {
    got: `${host}:${port}`,
    why: 'but its Service has no such port',
    fix: `use one of its ports: ${ports.map(({ number }) => number).join(', ')}`,
  };
}

// What is imported has no manifest here, and yet is known.
const partyHosts = perModel((model): ReadonlySet<string> => new Set([...model.services, ...model.others].map(({ host }) => host ?? '')));

// istiod makes a Service for each Gateway: <name>-<class>, or <name> for waypoints.
const gatewayHosts = perModel((model): ReadonlySet<string> => {
  const hosts = objectsOf(model, GATEWAY_API, 'Gateway').flatMap((object) => {
    const own = labelsOf(metadataOf(object).annotations)[GATEWAY_OBJECT_NAME];
    const names = own === undefined ? [object.name, `${object.name}-${textOf(specOf(object).gatewayClassName) ?? ''}`] : [own];
    return names.map((name) => hostOf(model, { name, namespaceName: namespaceOf(object) }));
  });
  return new Set(hosts);
});

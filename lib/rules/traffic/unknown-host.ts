import { CORE, NETWORKING } from '../../istio/api-groups';
import type { Cure } from '../../model/finding';
import type { ManifestObject, MeshModel } from '../../model/mesh-model';
import { fieldsOf, listOf, numberOf, valueAt } from '../../cluster/objects/fields';
import { namespaceOf, nameOf, specOf } from '../../cluster/objects/manifest-object';
import { type DestinationRule, destinationRules } from '../../cluster/routes/destination-rules';
import { backendsOf, gatewayApiRoutes } from '../../cluster/routes/gateway-api-routes';
import { type SidecarScope, sidecarScopes } from '../../cluster/policies/sidecar-scopes';
import { destinationsOf, virtualServices } from '../../cluster/routes/virtual-services';
import { hostOf } from '../../cluster/services/hosts';
import { tryServiceOf } from '../../cluster/services/registry';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { DESTINATIONS, fieldPaths, NAME, ROUTE_REFERENCES, ROUTES } from '../comparison';
import { curesOfTexts } from '../named/values/mended';
import { type Report, rule } from '../rule';
import { type WrongHost, wrongHost } from './hosts/wrong-hosts';

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
    const wrong = wrongHost(model, target.host) ?? wrongPort(model, target);
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

// As it is written, in full or as a name of the object's own namespace.
function curesOfHost(object: ManifestObject, { got, meant }: WrongHost): Cure[] {
  if (meant === undefined) return [];
  const [[name, namespaceName], [other]] = [got.split('.'), meant.split('.')];
  return curesOfTexts(object, (text, field) => {
    if (field.at(-1) !== 'host') return undefined;
    if (text === got) return meant;
    return text === name && namespaceName === namespaceOf(object) ? other : undefined;
  });
}

function wrongPort(model: MeshModel, { host, port }: Target): WrongHost | undefined {
  const ports = tryServiceOf(clusterOf(model), host)?.ports ?? [];
  if (port === undefined || ports.length === 0 || ports.some(({ number }) => number === port)) return undefined;
  return {
    got: `${host}:${port}`,
    why: 'but its Service has no such port',
    fix: `use one of its ports: ${ports.map(({ number }) => number).join(', ')}`,
  };
}

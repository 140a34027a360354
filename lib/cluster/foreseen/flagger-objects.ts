import { FLAGGER } from '../../istio/api-groups';
import type { ManifestObject } from '../../model/mesh-model';
import { type Fields, fieldsOf, type Labels, labelsOf, listOf, textOf, valueAt } from '../objects/fields';
import { groupOf, namespaceOf, specOf } from '../objects/manifest-object';

/** The label by which Flagger tells its own pods from those of the Deployment that it watches. */
const LABEL = 'app';

/**
 * What Flagger makes of the Canaries of this program: the primary pods and three Services. Nobody writes them, and whoever reads a cluster has to know of
 * them. Its routes are left out: they lead to nobody who is not behind one of the Services.
 */
export function foreseenOfFlagger(objects: readonly ManifestObject[]): ManifestObject[] {
  const canaries = objects.filter((one) => one.made && one.kind === 'Canary' && groupOf(one) === FLAGGER);
  return canaries.flatMap((canary) => madeOf(canary, objects));
}

function madeOf(canary: ManifestObject, objects: readonly ManifestObject[]): ManifestObject[] {
  const name = textOf(valueAt(specOf(canary), 'targetRef', 'name'));
  const target = objects.find((one) => one.kind === 'Deployment' && one.name === name && namespaceOf(one) === namespaceOf(canary));
  if (!target) return [];
  const value = labelsOf(valueAt(specOf(target), 'selector', 'matchLabels'))[LABEL];
  const service = fieldsOf(specOf(canary).service);
  const apex = textOf(service.name) ?? target.name;
  const primary = { [LABEL]: `${value}-primary` };
  const make = (called: string, selector: Labels, custom: unknown): ManifestObject =>
    serviceOf(canary, called, { selector, labels: labelsOf(valueAt(custom, 'labels')), ports: portsOf(service, target) });
  return [
    primaryOf(canary, target, primary),
    make(`${apex}-canary`, { [LABEL]: value }, service.canary),
    make(`${apex}-primary`, primary, service.primary),
    make(apex, primary, service.apex),
  ];
}

function primaryOf(canary: ManifestObject, target: ManifestObject, own: Labels): ManifestObject {
  const { template, ...spec } = specOf(target);
  const { metadata, ...rest } = fieldsOf(template);
  const labels = { ...labelsOf(fieldsOf(metadata).labels), ...own };
  const manifest = { ...spec, selector: { matchLabels: own }, template: { ...rest, metadata: { ...fieldsOf(metadata), labels } } };
  return objectOf(canary, target.apiVersion, 'Deployment', `${target.name}-primary`, {}, manifest);
}

interface ServiceParts {
  readonly selector: Labels;
  readonly labels: Labels;
  readonly ports: readonly Fields[];
}

function serviceOf(canary: ManifestObject, name: string, { labels, ...spec }: ServiceParts): ManifestObject {
  return objectOf(canary, 'v1', 'Service', name, { labels }, { type: 'ClusterIP', ...spec });
}

function portsOf(service: Fields, target: ManifestObject): Fields[] {
  const { port, portName, targetPort, appProtocol } = service;
  const main = { name: portName, port, targetPort, appProtocol, protocol: 'TCP' };
  if (service.portDiscovery !== true) return [main];
  const ports = listOf(valueAt(specOf(target), 'template', 'spec', 'containers')).flatMap((container) => listOf(container.ports));
  const others = ports.filter(({ containerPort }) => containerPort !== targetPort);
  return [main, ...others.map(({ name, containerPort }) => ({ name, port: containerPort, targetPort: containerPort, protocol: 'TCP' }))];
}

// It stands where the Canary does: there is no other place to change it.
function objectOf(
  { path, site, made, namespaceName, declaredIn }: ManifestObject,
  apiVersion: string,
  kind: string,
  name: string,
  metadata: Fields,
  spec: Fields,
): ManifestObject {
  const manifest = { apiVersion, kind, metadata: { ...metadata, name, namespace: namespaceName }, spec };
  return { apiVersion, kind, name, namespaceName, path, site, made, declaredIn, manifest };
}

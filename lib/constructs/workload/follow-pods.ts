import type { ApiObject } from 'cdk8s';
import { Pod } from 'cdk8s-plus-28';
import { APP_VERSION } from '../../istio/labels';
import { follow } from '../../render/kubernetes/follow';
import { relabel } from '../../render/kubernetes/relabel';
import { amendManifest, type Manifest } from '../tree/amend-manifest';

// What names the version: the copy has its own.
const OWN_LABELS = ['version', APP_VERSION, Pod.ADDRESS_LABEL];

interface Template extends Manifest {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly Manifest[] };
}

/**
 * Gives the pods of one version whatever was added to those of another (volumes, environment, annotations, more containers, probes), but for the
 * image and the labels of the version. What is said of this version alone stays.
 */
export function followPods(object: ApiObject, original: ApiObject, image: string): void {
  const made = templateOf(object.toJson() as Manifest);
  amendManifest(object, (manifest) => {
    const own = templateOf(manifest);
    const followed = follow(made, own, asVersion(templateOf(original.toJson() as Manifest), made, image));
    return { ...manifest, spec: { ...(manifest.spec as Manifest), template: followed } };
  });
}

function asVersion(original: Template, made: Template, image: string): Manifest {
  const template = relabel(original, ownLabels(original), ownLabels(made)) as Template;
  const containers = withImage(template.spec.containers, made.spec.containers[0].name, image);
  return { ...template, spec: { ...template.spec, containers } };
}

// A user may have put another container before that of the service, or called it by another name.
function withImage(containers: readonly Manifest[], name: unknown, image: string): Manifest[] {
  const main = containers.find((container) => container.name === name) ?? containers[0];
  return containers.map((container) => (container === main ? { ...container, image } : container));
}

function ownLabels({ metadata }: Template): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata.labels).filter(([key]) => OWN_LABELS.includes(key)));
}

function templateOf({ spec }: Manifest): Template {
  return (spec as Manifest).template as Template;
}

import { DATAPLANE_MODE, INJECT, REVISION } from '../../istio/labels';

type Fields = Readonly<Record<string, unknown>>;

// One word of the pods themselves on how they join the mesh, by label or, as of old, by annotation, and ours is not said.
const SAID = [DATAPLANE_MODE, INJECT, REVISION];

/** The workload with labels on its pods that say how they join the mesh, unless its author has said it there. */
export function labelPods(manifest: Record<string, unknown>, labels: Fields): Record<string, unknown> {
  const spec = manifest.spec as Fields;
  const template = spec.template as Fields;
  const metadata = (template.metadata ?? {}) as { readonly labels?: Fields; readonly annotations?: Fields };
  if (SAID.some((key) => key in { ...metadata.annotations, ...metadata.labels })) return manifest;
  return {
    ...manifest,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } } },
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** The workload with labels on its pods that say how they join the mesh, unless its author has said one of them, as of old by annotation. */
export function labelPods(manifest: Record<string, unknown>, labels: Fields): Record<string, unknown> {
  const spec = manifest.spec as Fields;
  const template = spec.template as Fields;
  const metadata = (template.metadata ?? {}) as { readonly labels?: Fields; readonly annotations?: Fields };
  const said = { ...metadata.annotations, ...metadata.labels };
  if (Object.keys(labels).some((key) => key in said)) return manifest;
  return {
    ...manifest,
    spec: { ...spec, template: { ...template, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } } },
  };
}

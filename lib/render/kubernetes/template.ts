type Fields = Record<string, unknown>;

/** A workload with a change to the template of its pods; that of a CronJob stands in the template of its Jobs. */
export function withTemplate(manifest: Fields, change: (template: Fields) => Fields): Fields {
  const spec = manifest.spec as Fields;
  const jobs = spec.jobTemplate as Fields | undefined;
  if (jobs) return { ...manifest, spec: { ...spec, jobTemplate: withTemplate(jobs, change) } };
  return { ...manifest, spec: { ...spec, template: change(spec.template as Fields) } };
}

/** The same with annotations of the pods, unless somebody has said one of them already. */
export function annotatePods(manifest: Fields, annotations: Readonly<Record<string, string>>): Fields {
  if (Object.keys(annotations).length === 0) return manifest;
  return withTemplate(manifest, (template) => {
    const metadata = (template.metadata ?? {}) as { readonly annotations?: Fields };
    return { ...template, metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } } };
  });
}

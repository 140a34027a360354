import { withTemplate } from './template';

type Fields = Readonly<Record<string, unknown>>;

/** The workload with labels on its pods that say how they join the mesh, unless its author has said one of them, as of old by annotation. */
export function labelPods(manifest: Record<string, unknown>, labels: Fields): Record<string, unknown> {
  return withTemplate(manifest, (template) => {
    const metadata = (template.metadata ?? {}) as { readonly labels?: Fields; readonly annotations?: Fields };
    const said = { ...metadata.annotations, ...metadata.labels };
    if (Object.keys(labels).some((key) => key in said)) return template;
    return { ...template, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
  });
}

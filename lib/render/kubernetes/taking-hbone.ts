import { PROXY_CONFIG } from '../../istio/labels';
import { withTemplate } from './template';

type Fields = Readonly<Record<string, unknown>>;

/** Of a proxy: it takes connections through HBONE. Istio's ambient profile says it of all, but only to proxies that come after it. */
const TAKES_HBONE = 'ISTIO_META_ENABLE_HBONE';

/** The workload with sidecars that take HBONE, whatever else is said of them. Other pods than before, it makes them anew. */
export function takingHbone(manifest: Record<string, unknown>): Record<string, unknown> {
  return withTemplate(manifest, (template) => {
    const metadata = (template.metadata ?? {}) as { readonly annotations?: Fields };
    const said = metadata.annotations?.[PROXY_CONFIG];
    if (said !== undefined && typeof said !== 'string') return template;
    return { ...template, metadata: { ...metadata, annotations: { ...metadata.annotations, [PROXY_CONFIG]: withSetting(said ?? '') } } };
  });
}

function withSetting(config: string): string {
  if (config.includes(TAKES_HBONE)) return config;
  if (config.trimStart().startsWith('{')) return withSettingInJson(config);
  const place = /^proxyMetadata:[ \t]*\n( +)/m.exec(config);
  if (!place) return `${config}${config === '' || config.endsWith('\n') ? '' : '\n'}proxyMetadata:\n  ${TAKES_HBONE}: "true"\n`;
  const [found, indent] = place;
  const at = place.index + found.length - indent.length;
  return `${config.slice(0, at)}${indent}${TAKES_HBONE}: "true"\n${config.slice(at)}`;
}

function withSettingInJson(config: string): string {
  const { proxyMetadata, ...others } = JSON.parse(config) as { readonly proxyMetadata?: Fields };
  return JSON.stringify({ ...others, proxyMetadata: { ...proxyMetadata, [TAKES_HBONE]: 'true' } });
}

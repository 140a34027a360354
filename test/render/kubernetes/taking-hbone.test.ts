import { takingHbone } from '../../../lib/render/kubernetes/taking-hbone';

const CONFIG = 'proxy.istio.io/config';
const OWN = 'proxyMetadata:\n  ISTIO_META_ENABLE_HBONE: "true"\n';

const annotated = (config?: unknown): unknown => {
  const metadata = config === undefined ? undefined : { annotations: { [CONFIG]: config, team: 'buy' } };
  const { spec } = takingHbone({ kind: 'Deployment', spec: { template: { metadata, spec: {} } } }) as {
    spec: { template: { metadata: { annotations: Record<string, unknown> } } };
  };
  return spec.template.metadata.annotations[CONFIG];
};

describe('sidecars that take HBONE', () => {
  it('say so where nothing else is said of them', () => {
    expect(annotated()).toBe(OWN);
    expect(annotated('')).toBe(OWN);
  });

  it('keep what else is said, as YAML or as JSON', () => {
    expect(annotated('holdApplicationUntilProxyStarts: true')).toBe(`holdApplicationUntilProxyStarts: true\n${OWN}`);
    expect(annotated('proxyMetadata:\n    A: "1"\nconcurrency: 2\n')).toBe(
      'proxyMetadata:\n    ISTIO_META_ENABLE_HBONE: "true"\n    A: "1"\nconcurrency: 2\n',
    );
    expect(annotated('{"concurrency":2,"proxyMetadata":{"A":"1"}}')).toBe(
      '{"concurrency":2,"proxyMetadata":{"A":"1","ISTIO_META_ENABLE_HBONE":"true"}}',
    );
  });

  it('are left alone where somebody has decided it, or the text is known only later', () => {
    const off = 'proxyMetadata:\n  ISTIO_META_ENABLE_HBONE: "false"\n';
    expect(annotated(off)).toBe(off);
    const later = { later: true };
    expect(annotated(later)).toBe(later);
  });
});

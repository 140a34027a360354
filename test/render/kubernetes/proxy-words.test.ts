import { parse } from 'yaml';
import { renderProxyWords } from '../../../lib/render/kubernetes/proxy-words';

describe('the word of pods about their sidecar', () => {
  it('is none where nothing is asked', () => {
    expect(renderProxyWords({})).toEqual({});
  });

  it('makes it a sidecar container of Kubernetes', () => {
    expect(renderProxyWords({ start: 'native' })).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
  });

  it('holds the application up until it is there', () => {
    const { 'proxy.istio.io/config': config } = renderProxyWords({ start: 'hold-application' });
    expect(parse(config)).toEqual({ holdApplicationUntilProxyStarts: true });
  });

  it('has it stay until the last connection has ended, ten seconds at least', () => {
    const { 'proxy.istio.io/config': config } = renderProxyWords({ drainSeconds: 60 });
    expect(parse(config)).toEqual({
      terminationDrainDuration: '65s',
      proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true', MINIMUM_DRAIN_DURATION: '10s' },
    });
  });
});

import { renderProxyMonitor, renderZtunnelMonitor } from '../../../lib/render/telemetry/pod-monitor';

interface Endpoint {
  readonly relabelings: ReadonlyArray<{ readonly regex?: string; readonly replacement?: string; readonly targetLabel?: string }>;
}

describe('a PodMonitor', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7:15020'],
    ['fd00::7', '[fd00::7]:15020'],
  ])('of proxies dials merged metrics at %s', (ip, address) => {
    const [endpoint] = renderProxyMonitor(undefined).podMetricsEndpoints as Endpoint[];
    const made = endpoint.relabelings
      .filter(({ targetLabel, regex }) => targetLabel === '__address__' && new RegExp(`^(?:${regex})$`).test(ip))
      .map(({ regex, replacement }) => ip.replace(new RegExp(`^(?:${regex})$`), replacement!));
    expect(made).toEqual([address]);
  });

  it('of proxies leaves ztunnel to the one of ztunnel', () => {
    expect(renderProxyMonitor('15s')).toMatchObject({
      selector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['ztunnel'] }] },
    });
    expect(renderZtunnelMonitor('15s')).toMatchObject({
      selector: { matchLabels: { app: 'ztunnel' } },
      namespaceSelector: { any: true },
      podMetricsEndpoints: [{ port: 'ztunnel-stats', path: '/stats/prometheus', interval: '15s' }],
    });
  });
});

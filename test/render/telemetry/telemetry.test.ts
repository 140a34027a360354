import { renderTelemetry } from '../../../lib/render/telemetry/telemetry';

/** As it is written: what is undefined is not there. */
const written = (...facts: Parameters<typeof renderTelemetry>) => JSON.parse(JSON.stringify(renderTelemetry(...facts))) as object;

describe('a Telemetry', () => {
  it.each([1, 12.5, 100, 0])('sends %d percent of the traces to its provider', (samplingPercentage) => {
    expect(written({ tracing: { provider: 'otel', samplingPercentage } })).toEqual({
      tracing: [{ providers: [{ name: 'otel' }], randomSamplingPercentage: samplingPercentage }],
    });
  });

  it('leaves the provider to the level above, and stops spans by their own word', () => {
    expect(written({ tracing: { disabled: true } })).toEqual({ tracing: [{ disableSpanReporting: true }] });
  });

  it('has tags of four origins', () => {
    const tags = {
      team: { from: 'literal', text: 'buyers' },
      user: { from: 'header', text: 'x-user', otherwise: 'none' },
      node: { from: 'environment', text: 'HOST' },
      sni: { from: 'formatter', text: '%REQUESTED_SERVER_NAME%' },
    } as const;
    expect(written({ tracing: { tags } })).toEqual({
      tracing: [
        {
          customTags: {
            team: { literal: { value: 'buyers' } },
            user: { header: { name: 'x-user', defaultValue: 'none' } },
            node: { environment: { name: 'HOST' } },
            sni: { formatter: { value: '%REQUESTED_SERVER_NAME%' } },
          },
        },
      ],
    });
  });

  it('traces at one end, without the tags of Istio and the headers of the trace', () => {
    expect(written({ tracing: { side: 'CLIENT', istioTags: false, contextPropagation: false } })).toEqual({
      tracing: [{ match: { mode: 'CLIENT' }, enableIstioTags: false, disableContextPropagation: true }],
    });
  });

  it('switches the access log on and off, by the provider that writes it', () => {
    const providers = [{ name: 'envoy' }];
    expect(written({ accessLogs: [{ provider: 'envoy' }] })).toEqual({ accessLogging: [{ providers }] });
    expect(written({ accessLogs: [{ provider: 'envoy', disabled: true }] })).toEqual({ accessLogging: [{ providers, disabled: true }] });
  });

  it('logs some requests, at one end', () => {
    expect(written({ accessLogs: [{ provider: 'json', filter: 'response.code >= 500', side: 'SERVER' }] })).toEqual({
      accessLogging: [{ providers: [{ name: 'json' }], match: { mode: 'SERVER' }, filter: { expression: 'response.code >= 500' } }],
    });
  });

  it('has one entry of metrics for each provider, with what it counts otherwise in the order that was said', () => {
    const facts = [
      { provider: 'prometheus', tags: { method: 'request.method' }, removedTags: ['grpc_response_status'] },
      { provider: 'other', customMetric: 'orders' },
      { provider: 'prometheus', metric: 'REQUEST_SIZE', side: 'CLIENT', disabled: true },
    ] as const;
    expect(written({ metrics: facts })).toEqual({
      metrics: [
        {
          providers: [{ name: 'prometheus' }],
          overrides: [
            {
              match: { metric: 'ALL_METRICS' },
              tagOverrides: { method: { value: 'request.method' }, grpc_response_status: { operation: 'REMOVE' } },
            },
            { match: { metric: 'REQUEST_SIZE', mode: 'CLIENT' }, disabled: true },
          ],
        },
        { providers: [{ name: 'other' }], overrides: [{ match: { customMetric: 'orders' } }] },
      ],
    });
  });

  it('is for pods, or for what stands before them', () => {
    expect(written({}, { selector: { app: 'cart' } })).toEqual({ selector: { matchLabels: { app: 'cart' } } });
    const targetRefs = [{ group: '', kind: 'Service', name: 'cart' }];
    expect(written({}, { targetRefs })).toEqual({ targetRefs });
  });

  it('says nothing of what nobody asked for', () => {
    expect(written({})).toEqual({});
  });
});

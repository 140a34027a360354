import { renderTelemetry } from '../../../lib/render/telemetry/telemetry';

/** As it is written: what is undefined is not there. */
const written = (...facts: Parameters<typeof renderTelemetry>) => JSON.parse(JSON.stringify(renderTelemetry(...facts))) as object;

describe('a Telemetry', () => {
  it.each([1, 12.5, 100, 0])('sends %d percent of the traces to its provider', (samplingPercentage) => {
    expect(written({ tracing: { provider: 'otel', samplingPercentage } })).toEqual({
      tracing: [{ providers: [{ name: 'otel' }], randomSamplingPercentage: samplingPercentage }],
    });
  });

  it('switches the access log on and off, by the provider that writes it', () => {
    const providers = [{ name: 'envoy' }];
    expect(written({ accessLog: true })).toEqual({ accessLogging: [{ providers }] });
    expect(written({ accessLog: false })).toEqual({ accessLogging: [{ providers, disabled: true }] });
  });

  it('says nothing of what nobody asked for', () => {
    expect(written({})).toEqual({});
  });
});

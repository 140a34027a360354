import { TraceHeaders } from 'istio-constructs';

describe('TraceHeaders', () => {
  it('are those of each provider, and all of them once, in small letters', () => {
    const { REQUEST_ID, W3C, B3, DATADOG, ALL } = TraceHeaders;
    expect(ALL).toEqual([REQUEST_ID, ...W3C, ...B3, ...DATADOG]);
    expect(new Set(ALL).size).toBe(ALL.length);
    expect(ALL.filter((header) => !/^[a-z0-9-]+$/.test(header))).toEqual([]);
  });
});

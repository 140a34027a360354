import { TelemetryProvider, TraceTag } from 'istio-constructs';
import { requireFormat } from '../../../lib/values/observability/require-format';
import { expectRefusal } from '../../support/refusal';

describe('a format', () => {
  it.each([
    'plain',
    '%RESPONSE_CODE%',
    '%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH):20%',
    '100%% of %PROTOCOL%',
    '%START_TIME(%Y-%m-%dT%H:%M:%S)%',
    "%CEL(request.headers['x-user'])%",
    '%FILTER_STATE(downstream_peer:PLAIN:10)%',
  ])('has whole commands: %s', (text) => {
    expect(requireFormat('test', text)).toBe(text);
  });

  it.each([
    ['%RESPONSE_CODE', '%RESPONSE_CODE'],
    ['%response_code%', '%response_code%'],
    ['%REQ(X-USER%', '%REQ(X-USER%'],
    ['50% of %PROTOCOL%', '% of %PROTOCOL%'],
    ['%REQ(X-USER):all%', '%REQ(X-USER):all%'],
  ])('fails for %s', (text, got) => {
    expectRefusal(() => requireFormat('test', text), { code: 'MESH911', path: 'test', got, fix: '%%' });
  });

  it.each([
    ['TraceTag', () => TraceTag.formatter('%SNI')],
    ['TelemetryProvider', () => TelemetryProvider.textAccessLog('text', { format: '%SNI' })],
    ['TelemetryProvider', () => TelemetryProvider.jsonAccessLog('json', { fields: { a: '%SNI' } })],
  ])('fails wherever one is written: %s', (path, act) => {
    expectRefusal(act, { code: 'MESH911', path, fix: '' });
  });
});

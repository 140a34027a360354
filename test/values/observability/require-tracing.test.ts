import { App } from 'cdk8s';
import { TraceTag } from 'istio-constructs';
import { requireProvider, requireTracing } from '../../../lib/values/observability/require-tracing';

const at = new App();

describe('tracing', () => {
  it('has a share of 1 % where it names a provider, and that of the level above where it does not', () => {
    expect(requireTracing(at, { provider: 'tempo' })).toMatchObject({ provider: 'tempo', samplingPercentage: 1 });
    expect(requireTracing(at, {}).samplingPercentage).toBeUndefined();
  });

  it('has its tags as plain data', () => {
    expect(requireTracing(at, { customTags: { team: TraceTag.of('buyers') } }).tags).toEqual({ team: { from: 'literal', text: 'buyers' } });
  });

  it('names a provider where there is no level above, but for none at all', () => {
    expect(() => requireProvider(at, { samplingPercentage: 5 })).toThrow('MESH063');
    expect(requireProvider(at, { disabled: true })).toMatchObject({ disabled: true });
  });
});

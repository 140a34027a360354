import { unloggedTelemetry } from '../../../lib/rules/picked/unlogged-telemetry';
import { findings, raw } from '../model-builder';

const find = (logging: string, beside = '') =>
  findings(unloggedTelemetry, {
    objects: raw(`
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: istio-system }
spec: { accessLogging: [${logging}] }
${beside}`),
  });

const CONFIG = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: "defaultProviders:\\n  accessLogging: [envoy]\\n" }
`;

describe(unloggedTelemetry.title, () => {
  it('takes one with a provider, one that is off, and a mesh with a default one', () => {
    expect(find('{ providers: [{ name: envoy }] }, { disabled: true }')).toEqual([]);
    expect(find('{}', CONFIG)).toEqual([]);
  });

  it('tells of one without', () => {
    expect(find('{ disabled: true }, { filter: { expression: "true" } }')).toMatchObject([{ field: ['spec', 'accessLogging', 1] }]);
    expect(find('{}', CONFIG.replace('accessLogging', 'tracing'))).toHaveLength(1);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Chart } from 'cdk8s';
import { DataPlane, MeshReport } from 'istio-constructs';
import * as ts from 'typescript';

const SOURCE = readFileSync(join(__dirname, '../../apps/resilience/resilience.ts'), 'utf8');

/** The chart of the app after edits of its source. */
function edited(...edits: ReadonlyArray<readonly [string, string]>): Chart {
  for (const [before] of edits) expect(SOURCE.split(before)).toHaveLength(2);
  const source = edits.reduce((text, [before, after]) => text.replace(before, after), SOURCE);
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const exported: Record<string, any> = {};
  new Function('require', 'exports', ts.transpileModule(source, { compilerOptions }).outputText)(require, exported);
  return new exported.ResilientShop(new App(), 'resilience', { dataPlane: DataPlane.sidecar() });
}

const codesOf = (chart: Chart): string[] => MeshReport.of(chart).findings.map(({ level, code, path }) => `${level} ${code} at ${path}`);

describe('the resilience app', () => {
  const before = codesOf(edited());

  it.each<[string, string, ReadonlyArray<readonly [string, string]>]>([
    [
      'stock gets more time than orders',
      'warning MESH326 at resilience/shop/stock',
      [['timeout: Duration.seconds(2),', 'timeout: Duration.seconds(9),']],
    ],
    [
      'the tries at payments do not fit into its time',
      'error MESH305 at resilience/shop/payments',
      [['perTryTimeout: Duration.seconds(2)', 'perTryTimeout: Duration.seconds(3)']],
    ],
    [
      'a tenth of two pods may be left out',
      'warning MESH324 at resilience/shop/payments',
      [['consecutiveGatewayErrors: 5 }', 'consecutiveGatewayErrors: 5, maxEjectionPercent: 10 }']],
    ],
    [
      'orders tries again as well',
      'warning MESH325 at resilience/shop/payments',
      [['attempts: 0 }', 'attempts: 5, onStatus: [503], idempotent: true }']],
    ],
    [
      'streams have no word of their own',
      'info MESH323 at resilience/shop/prices',
      [['MeshPort.grpc(9090, { streams: true })', 'MeshPort.grpc(9090)']],
    ],
  ])('is told that %s', (_, finding, edits) => {
    const found = codesOf(edited(...edits));
    expect(before).not.toContain(finding);
    expect(found).toContain(finding);
  });

  it('is refused two words for zones', () => {
    const both = [
      [
        '  loadBalancing: LoadBalancing.leastRequest({',
        '  trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE,\n  loadBalancing: LoadBalancing.leastRequest({',
      ],
    ] as const;
    expect(() => edited(...both)).toThrow('MESH705');
  });
});

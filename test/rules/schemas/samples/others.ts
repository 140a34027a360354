import { READABLE, UNREADABLE } from '../../../support/expressions/cel-expressions';
import type { Refused, Taken } from './sample';

const MANAGER = 'envoy.filters.network.http_connection_manager';
const patch = (text: string) => `configPatches: [{ ${text} }]`;
const MERGE = 'patch: { operation: MERGE, value: {} }';
const at = (filter: string, applyTo = 'HTTP_FILTER') =>
  patch(`applyTo: ${applyTo}, match: { listener: { filterChain: { filter: { ${filter} } } } }, ${MERGE}`);
const tag = (text: string) => `metrics: [{ overrides: [{ tagOverrides: { a: { ${text} } } }] }]`;
const filter = (expression: string) => `accessLogging: [{ filter: { expression: ${JSON.stringify(expression)} } }]`;
const PATCH = 'spec.configPatches.0';

export const TAKEN_OTHERS: readonly Taken[] = [
  ['EnvoyFilter', at(`name: ${MANAGER}, subFilter: { name: a }`)],
  ['EnvoyFilter', patch('applyTo: CLUSTER, match: { proxy: { proxyVersion: "^1\\\\.31.*" } }, patch: { operation: REMOVE }')],
  ['EnvoyFilter', patch(`applyTo: CLUSTER, match: { cluster: { name: a } }, ${MERGE}`)],
  ['Telemetry', `${tag('operation: REMOVE')}, tracing: [{ randomSamplingPercentage: 50, providers: [{ name: a }] }]`],
  ['Telemetry', tag('value: "1"')],
  ...READABLE.map((expression): Taken => ['Telemetry', filter(expression)]),
  ['WasmPlugin', 'url: oci://registry.example.com/a:1'],
  ['WasmPlugin', 'url: registry.example.com/a:1, vmConfig: { env: [{ name: A, value: b }] }'],
  ['TrafficExtension', 'lua: { inlineCode: "function envoy_on_request() end" }'],
  ['ProxyConfig', 'concurrency: 0'],
];

export const REFUSED_OTHERS: readonly Refused[] = [
  ['EnvoyFilter', patch(MERGE), 'what it patches', PATCH],
  ['EnvoyFilter', patch('applyTo: CLUSTER, patch: { value: {} }'), 'what to do', PATCH],
  ['EnvoyFilter', patch('applyTo: CLUSTER, patch: { operation: MERGE }'), 'nothing to put in', PATCH],
  ['EnvoyFilter', patch(`applyTo: CLUSTER, match: { listener: {} }, ${MERGE}`), 'another part', `${PATCH}.match`],
  [
    'EnvoyFilter',
    patch(`applyTo: CLUSTER, match: { proxy: { proxyVersion: "1(" } }, ${MERGE}`),
    'no regex',
    `${PATCH}.match.proxy.proxyVersion`,
  ],
  ['EnvoyFilter', at('name: ""'), 'has no name', `${PATCH}.match.listener.filterChain.filter`],
  [
    'EnvoyFilter',
    at(`name: ${MANAGER}, subFilter: { name: a }`, 'NETWORK_FILTER'),
    'manager alone',
    `${PATCH}.match.listener.filterChain.filter.subFilter`,
  ],
  ['EnvoyFilter', patch(`applyTo: CLUSTER, match: { context: WAYPOINT }, ${MERGE}`), 'without the other', `${PATCH}.match`],
  ['EnvoyFilter', `workloadSelector: { labels: { a: "*" } }, ${at(`name: ${MANAGER}`)}`, 'a star', 'spec.workloadSelector.labels'],
  ['Telemetry', tag('operation: UPSERT'), 'does not say its value', 'spec.metrics.0.overrides.0.tagOverrides.a'],
  ['Telemetry', tag('operation: REMOVE, value: "1"'), 'says its value', 'spec.metrics.0.overrides.0.tagOverrides.a'],
  ['Telemetry', 'metrics: [{ reportingInterval: 0s }]', 'no duration', 'spec.metrics.0.reportingInterval'],
  ['Telemetry', 'selector: { matchLabels: { a: "*" } }', 'a star', 'spec.selector.matchLabels'],
  ...UNREADABLE.map(([expression]): Refused => ['Telemetry', filter(expression), 'CEL can read', 'spec.accessLogging.0.filter']),
  ['Telemetry', 'accessLogging: [{ filter: {} }]', 'CEL can read', 'spec.accessLogging.0.filter'],
  ['WasmPlugin', 'url: ftp://a.example.com/a', 'no url', 'spec'],
  ['WasmPlugin', `url: a, sha256: ${'A'.repeat(64)}`, 'no SHA-256', 'spec.sha256'],
  ['WasmPlugin', 'url: a, vmConfig: { env: [{ name: A, valueFrom: HOST, value: b }] }', 'from the proxy', 'spec.vmConfig.env.0'],
  ['TrafficExtension', 'priority: 1', 'one of wasm and lua', 'spec'],
  ['ProxyConfig', 'selector: { matchLabels: { a: "*" } }', 'a star', 'spec.selector.matchLabels'],
];

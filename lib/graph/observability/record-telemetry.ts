import type { IConstruct } from 'constructs';
import type { TelemetryFacts, TelemetryStatement, TelemetryTarget } from '../../model/observability/telemetry';
import { CallSite } from '../../support/call-site';
import { MeshError } from '../../support/mesh-error';
import { compareText } from '../../support/ordering';
import { MeshGraph } from '../mesh-graph';

const WORDS: Readonly<Record<keyof TelemetryFacts, string>> = { tracing: 'tracing', accessLogs: 'access logs', metrics: 'metrics' };
const ASPECTS = Object.keys(WORDS) as (keyof TelemetryFacts)[];

/** Makes it known what is traced, logged and counted for somebody, each of them once. */
export function recordTelemetry(at: IConstruct, target: TelemetryTarget, says: TelemetryFacts, makesObject = false): void {
  const graph = MeshGraph.of(at);
  for (const other of graph.telemetryOf(target)) {
    const twice = ASPECTS.find((aspect) => says[aspect] && other.says[aspect]);
    if (twice) throw saidTwice(at, other, twice);
  }
  graph.addTelemetry({ target, says, makesObject, path: at.node.path, site: CallSite.here() });
}

function saidTwice(at: IConstruct, other: TelemetryStatement, aspect: keyof TelemetryFacts): MeshError {
  return new MeshError({
    code: 'MESH871',
    at,
    what: `proxies follow one Telemetry for a target, and ${WORDS[aspect]} are said once there`,
    got: `${WORDS[aspect]} here and at ${other.path}${other.site?.line ? ` (${other.site.line})` : ''}`,
    fix: `say all of the ${WORDS[aspect]} in one of them`,
  });
}

/** Which of those who speak of a target makes its object: whoever has it in any case, else the first by path, so that the order of the program never shows. */
export function isMaker(at: IConstruct, statements: readonly TelemetryStatement[]): boolean {
  const [first] = [...statements].sort(
    (one, other) => Number(other.makesObject) - Number(one.makesObject) || compareText(one.path, other.path),
  );
  return first.path === at.node.path;
}

/** All that is said of a target; no two say the same. */
export function joinedTelemetry(statements: readonly TelemetryStatement[]): TelemetryFacts {
  const [tracing, accessLogs, metrics] = ASPECTS.map((aspect) => statements.find(({ says }) => says[aspect])?.says[aspect]);
  return { tracing, accessLogs, metrics } as TelemetryFacts;
}

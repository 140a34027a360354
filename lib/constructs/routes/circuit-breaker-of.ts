import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Port } from '../../model/port';
import { speaksGrpc } from '../../model/retry-safety';
import type { CircuitBreakerFacts } from '../../model/route-features';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import type { CircuitBreaker, Http2Keepalive, TcpKeepalive } from '../../values/traffic/circuit-breaker';
import { optionalMilliseconds } from '../../support/bounds/milliseconds';

const MOST_UINT32 = 2 ** 32 - 1;

/** Limits and ejection as they go into the rules of hosts. `pods`: how many the service has at least, where that is known. */
export function circuitBreakerOf(
  at: IConstruct,
  breaker: CircuitBreaker | undefined,
  ports: readonly Port[],
  pods?: number,
): CircuitBreakerFacts | undefined {
  if (!breaker) return undefined;
  const facts = { ...limitsOf(at, breaker), ...connectionsOf(at, breaker), ...ejectionOf(at, breaker) };
  requireLimits(at, facts);
  requireHttp2(at, facts, ports);
  return ejects(facts) ? withShare(facts, pods) : facts;
}

/** Failover needs pods to be left out: where nobody has said when, after five gateway errors in a row, all of a zone if it has to be. */
export function withEjection(facts: CircuitBreakerFacts = {}): CircuitBreakerFacts {
  return ejects(facts) ? facts : { ...facts, consecutiveGatewayErrors: 5, maxEjectionPercent: 100 };
}

function limitsOf(at: IConstruct, breaker: CircuitBreaker): CircuitBreakerFacts {
  const count = (what: keyof CircuitBreaker): number | undefined => countOf(at, breaker, what, 1);
  return {
    maxConnections: count('maxConnections'),
    maxPendingRequests: count('maxPendingRequests'),
    maxRequests: count('maxRequests'),
    maxRequestsPerConnection: count('maxRequestsPerConnection'),
    maxRetries: count('maxRetries'),
    maxConcurrentStreams: count('maxConcurrentStreams'),
  };
}

function connectionsOf(at: IConstruct, breaker: CircuitBreaker): CircuitBreakerFacts {
  return {
    connectTimeoutMs: optionalMilliseconds(at, 'connectTimeout', breaker.connectTimeout),
    idleTimeoutMs: optionalMilliseconds(at, 'idleTimeout', breaker.idleTimeout),
    httpIdleTimeoutMs: optionalMilliseconds(at, 'httpIdleTimeout', breaker.httpIdleTimeout),
    maxConnectionDurationMs: optionalMilliseconds(at, 'maxConnectionDuration', breaker.maxConnectionDuration),
    tcpKeepalive: breaker.tcpKeepalive && keepaliveOf(at, breaker.tcpKeepalive),
    http2Keepalive: breaker.http2Keepalive && pingsOf(at, breaker.http2Keepalive),
    upstreamProtocol: breaker.upstreamProtocol,
  };
}

function ejectionOf(at: IConstruct, breaker: CircuitBreaker): CircuitBreakerFacts {
  return {
    consecutiveGatewayErrors: countOf(at, breaker, 'consecutiveGatewayErrors', 1, MOST_UINT32),
    consecutive5xxErrors: countOf(at, breaker, 'consecutiveServerErrors', 1, MOST_UINT32),
    consecutiveLocalOriginFailures: countOf(at, breaker, 'consecutiveLocalOriginFailures', 1, MOST_UINT32),
    intervalMs: optionalMilliseconds(at, 'interval', breaker.interval),
    baseEjectionTimeMs: optionalMilliseconds(at, 'baseEjectionTime', breaker.baseEjectionTime),
    maxEjectionPercent: countOf(at, breaker, 'maxEjectionPercent', 1, 100),
    minHealthPercent: countOf(at, breaker, 'minHealthPercent', 0, 100),
  };
}

function countOf(at: IConstruct, breaker: CircuitBreaker, what: keyof CircuitBreaker, least: number, most?: number): number | undefined {
  const value = breaker[what] as number | undefined;
  return value === undefined ? undefined : requireCount(at, what, value, least, most);
}

function keepaliveOf(at: IConstruct, { probes, idle, interval }: TcpKeepalive): CircuitBreakerFacts['tcpKeepalive'] {
  if (probes === undefined && !idle && !interval) return undefined;
  return {
    probes: probes === undefined ? undefined : requireCount(at, 'probes', probes, 1, MOST_UINT32),
    idleMs: secondsOf(at, 'idle', idle),
    intervalMs: secondsOf(at, 'interval of tcpKeepalive', interval),
  };
}

// The operating system takes whole seconds: istiod would cut the rest off.
function secondsOf(at: IConstruct, what: string, duration: Duration | undefined): number | undefined {
  const ms = optionalMilliseconds(at, what, duration);
  if (ms === undefined || ms % 1000 === 0) return ms;
  throw new MeshError({
    code: 'MESH711',
    at,
    what: `${what} is a number of whole seconds`,
    got: `${ms} ms`,
    fix: 'give it in Duration.seconds',
  });
}

function pingsOf(at: IConstruct, { interval, timeout }: Http2Keepalive): CircuitBreakerFacts['http2Keepalive'] {
  const intervalMs = optionalMilliseconds(at, 'interval of http2Keepalive', interval)!;
  return { intervalMs, timeoutMs: optionalMilliseconds(at, 'timeout of http2Keepalive', timeout)! };
}

function ejects({ consecutiveGatewayErrors, consecutive5xxErrors, consecutiveLocalOriginFailures }: CircuitBreakerFacts): boolean {
  return [consecutiveGatewayErrors, consecutive5xxErrors, consecutiveLocalOriginFailures].some((count) => count !== undefined);
}

const ISTIOS_SHARE = 10;
const SHARE_OF_UNKNOWN = 50;

// Envoy leaves a pod out only if the share of all that are out then is within the limit: 10 % of two pods is nobody.
function withShare(facts: CircuitBreakerFacts, pods: number | undefined): CircuitBreakerFacts {
  const known = pods === undefined || isDeferred(pods) || pods < 1 ? undefined : pods;
  const least = known === undefined ? SHARE_OF_UNKNOWN : Math.max(ISTIOS_SHARE, Math.ceil(100 / known));
  return { ...facts, pods: known, maxEjectionPercent: facts.maxEjectionPercent ?? least };
}

// A rule that limits nothing, or details of an ejection that never happens, would be emitted for nothing.
function requireLimits(at: IConstruct, facts: CircuitBreakerFacts): void {
  const { intervalMs, baseEjectionTimeMs, maxEjectionPercent, minHealthPercent } = facts;
  const details = [intervalMs, baseEjectionTimeMs, maxEjectionPercent, minHealthPercent].some((detail) => detail !== undefined);
  if (details && !ejects(facts)) {
    throw new MeshError({
      code: 'MESH042',
      at,
      what: 'pods are left out after a number of errors',
      got: 'how to leave pods out, but not after how many errors',
      fix: 'set consecutiveGatewayErrors or consecutiveServerErrors',
    });
  }
  if (Object.values(facts).some((value) => value !== undefined)) return;
  throw new MeshError({
    code: 'MESH018',
    at,
    what: 'a circuit breaker has a limit, or counts errors after which a pod is left out',
    got: '{}',
    fix: 'set consecutiveGatewayErrors or consecutiveServerErrors, or a limit such as maxRequests',
  });
}

function requireHttp2(
  at: IConstruct,
  { maxConcurrentStreams, http2Keepalive, upstreamProtocol }: CircuitBreakerFacts,
  ports: readonly Port[],
): void {
  const asked = maxConcurrentStreams !== undefined ? 'maxConcurrentStreams' : http2Keepalive && 'http2Keepalive';
  const isSpoken = upstreamProtocol === 'HTTP2' || ports.some((port) => port.appProtocol === 'http2' || speaksGrpc(port));
  if (asked === undefined || isSpoken) return;
  throw new MeshError({
    code: 'MESH704',
    at,
    what: `${asked} is about connections of HTTP/2`,
    got: 'a service to which nobody speaks HTTP/2',
    fix: `drop ${asked}, or declare a port with MeshPort.http2 or grpc`,
  });
}

import type { Port } from '../../model/port';
import { areSafe, SAFE_METHODS, safeConditions, speaksGrpc } from '../../model/retry-safety';
import type { GatewayApiBundle } from '../../model/route';
import type { Retries } from '../../model/route-features';
import { gatewayDuration, seconds } from '../../support/durations';
import { defineFeature, type Division, type Fields, type RouteContext } from './route-feature';

defineFeature<Retries>({
  key: 'retries',
  title: 'retries',
  needsHttp: true,
  inRoute: { istio: virtualServiceFields, 'gateway-api': httpRouteFields },
  exceeds: { 'gateway-api': exceedsHttpRoute },
  divide: byMethod,
});

function virtualServiceFields({ attempts, perTryTimeoutMs, conditions, ...said }: Retries): Fields {
  return {
    retries: {
      attempts,
      perTryTimeout: perTryTimeoutMs === undefined ? undefined : seconds(perTryTimeoutMs),
      retryOn: conditions.length > 0 ? conditions.join(',') : undefined,
      backoff: said.backoffMs === undefined ? undefined : seconds(said.backoffMs),
      retryIgnorePreviousHosts: said.ignorePreviousHosts,
      retryRemoteLocalities: said.remoteLocalities,
    },
  };
}

// HTTPRoute has `retry` in its standard channel from 1.7 on, and takes no 0 there. A limit for each try without it would be one for the request.
function httpRouteFields({ attempts, perTryTimeoutMs, conditions }: Retries, { bundle }: RouteContext): Fields {
  if (bundle !== '1.7' || attempts === 0) return {};
  const codes = conditions.filter(isStatus).map(Number);
  return {
    retry: { attempts, ...(codes.length > 0 ? { codes } : {}) },
    ...(perTryTimeoutMs === undefined ? {} : { timeouts: { backendRequest: gatewayDuration(perTryTimeoutMs) } }),
  };
}

// What istiod adds to the statuses of an HTTPRoute, whatever is said there; gRPC's words mean nothing on a port that speaks none.
const ADDED = ['connect-failure', 'refused-stream'];
const ADDED_FOR_GRPC = ['cancelled', 'unavailable'];
const OF_GRPC = [...ADDED_FOR_GRPC, 'deadline-exceeded', 'internal', 'resource-exhausted'];

function exceedsHttpRoute(said: Retries, port: Port, bundle?: GatewayApiBundle): boolean {
  return bundle !== '1.7' || byMethod(said, port).some(({ value }) => !isHttpRoutes(value, port));
}

function isHttpRoutes({ attempts, conditions, backoffMs, ignorePreviousHosts, remoteLocalities }: Retries, port: Port): boolean {
  const isGrpc = speaksGrpc(port);
  const words = conditions.filter((condition) => !isStatus(condition) && (isGrpc || !OF_GRPC.includes(condition)));
  const added = isGrpc ? [...ADDED, ...ADDED_FOR_GRPC] : ADDED;
  const isPlain = backoffMs === undefined && ignorePreviousHosts !== false && !remoteLocalities;
  return isPlain && attempts !== 0 && words.length === added.length && added.every((word) => words.includes(word));
}

function isStatus(condition: string): boolean {
  return /^\d+$/.test(condition);
}

// Where retries could process a request twice: one route for methods that bear it, one for the rest with only what proves that nothing was
// processed. Nothing left still has to be said: without it Istio's own two retries come back.
function byMethod(said: Retries, port: Port): ReadonlyArray<Division<Retries>> {
  const none = { attempts: 0, conditions: [], idempotent: said.idempotent };
  if (said.attempts === 0) return [{ value: none }];
  if (said.idempotent || areSafe(said.conditions)) return [{ value: said }];
  const kept = safeConditions(said.conditions);
  const rest = kept.length > 0 ? { ...said, conditions: kept } : none;
  if (speaksGrpc(port)) return [{ value: rest }];
  return [
    { suffix: 'idempotent', methods: SAFE_METHODS, value: said },
    { suffix: 'other-methods', value: rest },
  ];
}

import type { Port } from '../../model/port';
import { areSafe, SAFE_METHODS, safeConditions, speaksGrpc } from '../../model/retry-safety';
import type { Retries } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature, type Division, type Fields } from './route-feature';

defineFeature<Retries>({
  key: 'retries',
  title: 'retries',
  needsHttp: true,
  // HTTPRoute has `retry` in its experimental channel only.
  inRoute: { istio: virtualServiceFields },
  divide: byMethod,
});

function virtualServiceFields({ attempts, perTryTimeoutMs, conditions }: Retries): Fields {
  return {
    retries: {
      attempts,
      perTryTimeout: perTryTimeoutMs === undefined ? undefined : seconds(perTryTimeoutMs),
      retryOn: conditions.length > 0 ? conditions.join(',') : undefined,
    },
  };
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

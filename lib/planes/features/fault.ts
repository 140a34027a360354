import type { Port } from '../../model/port';
import { speaksGrpc } from '../../model/retry-safety';
import type { FaultFacts } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature, type Division, type Fields } from './route-feature';

defineFeature<FaultFacts>({
  key: 'fault',
  title: 'fault',
  needsHttp: true,
  // HTTPRoute has no words for it in any channel.
  inRoute: { istio: virtualServiceFields },
  divide: byProtocol,
  needsSending: true,
});

function virtualServiceFields({ delay, abort }: FaultFacts): Fields {
  if (!delay && !abort) return {};
  return {
    fault: {
      delay: delay && { fixedDelay: seconds(delay.ms), percentage: { value: delay.percentage } },
      abort: abort && { httpStatus: abort.httpStatus, grpcStatus: abort.grpcStatus, percentage: { value: abort.percentage } },
    },
  };
}

// Whoever sends no gRPC would read Envoy's answer with a gRPC status as a success: it is one of 200 by HTTP.
function byProtocol(said: FaultFacts, port: Port): ReadonlyArray<Division<FaultFacts>> {
  const isUnread = said.abort?.grpcStatus !== undefined && !speaksGrpc(port);
  return [{ value: isUnread ? { delay: said.delay } : said }];
}

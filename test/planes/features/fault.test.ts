import type { Port } from '../../../lib/model/port';
import type { FaultFacts } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';
import { CART } from './route-context';

const { inRoute, needsHttp, divide } = routeFeatures().find(({ key }) => key === 'fault')!;

const port = (appProtocol: string): Port => ({ name: appProtocol, number: 80, targetPort: 8080, appProtocol, readsHttp: true });
const fieldsAt = (appProtocol: string, fault: FaultFacts) =>
  divide!(fault, port(appProtocol)).map(({ methods, value }) => [
    methods,
    JSON.parse(JSON.stringify(inRoute!.istio!(value, CART))) as object,
  ]);

const delay = { ms: 1500, percentage: 25 };

describe('a fault', () => {
  // Istio reads a share that is left out as none.
  it('is written with its share, each part with its own', () => {
    const written = {
      delay: { fixedDelay: '1.5s', percentage: { value: 25 } },
      abort: { httpStatus: 503, percentage: { value: 0.5 } },
    };
    expect(fieldsAt('http', { delay, abort: { httpStatus: 503, percentage: 0.5 } })).toEqual([[undefined, { fault: written }]]);
  });

  it('has no words in the Gateway API', () => {
    expect(Object.keys(inRoute!)).toEqual(['istio']);
  });

  it('is written by its HTTP status whatever the port speaks, for Envoy translates it', () => {
    const abort = { httpStatus: 503, percentage: 100 };
    expect(fieldsAt('grpc', { abort })).toEqual(fieldsAt('http', { abort }));
  });

  // By HTTP it would be an answer of 200.
  it('is written by its gRPC status only where gRPC is spoken', () => {
    const abort = { grpcStatus: 'UNAVAILABLE', percentage: 100 };
    const written = { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } };
    expect(fieldsAt('grpc', { abort })).toEqual([[undefined, { fault: { abort: written } }]]);
    expect(fieldsAt('http', { abort })).toEqual([[undefined, {}]]);
    expect(fieldsAt('http', { abort, delay })).toMatchObject([[undefined, { fault: { delay: { fixedDelay: '1.5s' } } }]]);
  });

  it('is made by a proxy that reads HTTP', () => {
    expect(needsHttp).toBe(true);
  });
});

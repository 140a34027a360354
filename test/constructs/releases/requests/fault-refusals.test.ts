import { App, Chart, Duration } from 'cdk8s';
import {
  DataPlane,
  FaultInjection,
  type FaultInjectionProps,
  GrpcStatus,
  type MeshedServiceProps,
  MeshPort,
  RequestMatch,
} from 'istio-constructs';
import { shop } from '../../../builders';
import { expectRefusal } from '../../../support/refusal';

type Fault = Omit<FaultInjectionProps, 'service'>;

const sidecar = { dataPlane: DataPlane.sidecar() };

const attempt =
  (fault: Fault, cart: Partial<MeshedServiceProps> = {}) =>
  (): void => {
    const one = shop(sidecar, cart);
    new FaultInjection(one.shop, 'chaos', { service: one.cart, ...fault });
  };

const status = 503;
const path = 'test/shop/chaos';

describe('a FaultInjection', () => {
  it('fails where nothing goes wrong', () => {
    expectRefusal(attempt({}), { path, code: 'MESH086', got: 'neither', fix: 'set delay, abort or both' });
  });

  it.each<[string, Fault, string]>([
    ['none', { abort: {} }, 'neither status nor grpcStatus'],
    ['two', { abort: { status, grpcStatus: GrpcStatus.INTERNAL } }, 'status 503 and grpcStatus INTERNAL'],
  ])('fails for an abort with %s for a status', (_, fault, got) => {
    expectRefusal(attempt(fault, { ports: [MeshPort.grpc(9090)] }), { path, code: 'MESH087', got, fix: 'set status' });
  });

  it.each<[string, Fault]>([
    ['delay of 101 %', { delay: { duration: Duration.seconds(1), percentage: 101 } }],
    ['abort of -1 %', { abort: { status, percentage: -1 } }],
    ['abort of NaN %', { abort: { status, percentage: NaN } }],
    ['abort of 0.00001 %', { abort: { status, percentage: 0.00001 } }],
  ])('fails for a share that Istio does not take: %s', (got, fault) => {
    expectRefusal(attempt(fault), { path, code: 'MESH088', got, fix: 'within these bounds' });
  });

  it.each([199, 600, 503.5])('fails for a status that is none: %s', (wrong) => {
    expectRefusal(attempt({ abort: { status: wrong } }), { path, code: 'MESH015', got: `${wrong}`, fix: 'whole number' });
  });

  it.each([200, 599])('takes the outermost status %d', (outermost) => {
    expect(attempt({ abort: { status: outermost } })).not.toThrow();
  });

  it('fails for a delay of no time', () => {
    expectRefusal(attempt({ delay: { duration: Duration.millis(0) } }), { path, code: 'MESH016', fix: 'a longer Duration' });
  });

  it('fails for a gRPC status where nobody speaks gRPC', () => {
    const got = 'grpcStatus UNAVAILABLE for a service without a gRPC port';
    expectRefusal(attempt({ abort: { grpcStatus: GrpcStatus.UNAVAILABLE } }), { path, code: 'MESH089', got, fix: 'MeshPort.grpc' });
  });

  it('fails for a word that is no gRPC status', () => {
    const act = attempt({ abort: { grpcStatus: 'unavailable' as GrpcStatus } }, { ports: [MeshPort.grpc(9090)] });
    expectRefusal(act, { path, code: 'MESH068', got: "'unavailable'", fix: 'GrpcStatus.CANCELLED' });
  });

  it('fails for a service whose requests nobody can read', () => {
    expectRefusal(attempt({ abort: { status } }, { ports: [MeshPort.tcp(9000)] }), { path, code: 'MESH090', fix: 'MeshPort.http' });
  });

  it('fails for a list of matches that came out empty', () => {
    expectRefusal(attempt({ match: [], abort: { status } }), { path, code: 'MESH091', got: 'match: []', fix: 'leave match out' });
  });

  it('fails for more matches than a route takes', () => {
    const match = Array.from({ length: 65 }, (_, user) => RequestMatch.header('x-user', `${user}`));
    expectRefusal(attempt({ match, abort: { status } }), { path, code: 'MESH057', got: '65', fix: 'share' });
  });

  it('fails for a reason without words', () => {
    expectRefusal(attempt({ abort: { status }, inProduction: ' ' }), { path, code: 'MESH092', fix: 'say who has decided it' });
  });

  it('fails in another App than its service', () => {
    const { cart } = shop(sidecar);
    const elsewhere = new Chart(new App(), 'elsewhere');
    const act = () => new FaultInjection(elsewhere, 'chaos', { service: cart, abort: { status } });
    expectRefusal(act, { path: 'elsewhere/chaos', code: 'MESH077', got: 'test/shop/cart of another App', fix: 'beside the service' });
  });
});

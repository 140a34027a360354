import { protocolOf } from '../../../lib/asking/graph/protocols';

const port = (name: string | undefined, protocol = 'TCP', appProtocol?: string) => ({
  name,
  number: 8080,
  target: 8080,
  protocol,
  appProtocol,
  isHttp: true,
});

describe('the protocol of an edge', () => {
  it.each([
    ['http', 'HTTP'],
    ['http2-web', 'HTTP'],
    ['grpc', 'gRPC'],
    ['grpc-web', 'gRPC'],
    ['https', 'TLS'],
    ['tls-db', 'TLS'],
    ['mongo', 'TCP'],
    ['tcp', 'TCP'],
    ['web', 'guessed'],
    [undefined, 'guessed'],
  ])('is by the name of a port, %s, %s', (name, protocol) => {
    expect(protocolOf({ kind: 'Service' }, port(name))).toBe(protocol);
  });

  it('is by the word for it before the name', () => {
    expect(protocolOf({ kind: 'Service' }, port('http', 'TCP', 'tcp'))).toBe('TCP');
    expect(protocolOf({ kind: 'Service' }, port('x', 'TCP', 'kubernetes.io/wss'))).toBe('TLS');
  });

  it.each([
    ['HTTP', 'HTTP'],
    ['GRPC', 'gRPC'],
    ['HTTPS', 'TLS'],
    ['TLS', 'TLS'],
    ['MONGO', 'TCP'],
  ])('is what a ServiceEntry says outright, %s, %s', (said, protocol) => {
    expect(protocolOf({ kind: 'ServiceEntry' }, port('x', said))).toBe(protocol);
  });
});

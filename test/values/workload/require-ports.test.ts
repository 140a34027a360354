import { MeshPort } from 'istio-constructs';
import { requireForeignPorts, requirePorts } from '../../../lib/values/workload/require-ports';
import { MeshError } from '../../../lib/support/mesh-error';

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    return (error as MeshError).code;
  }
  return undefined;
};

describe('ports of a Service', () => {
  it('are what their facts say', () => {
    expect(requirePorts('cart', [MeshPort.http(80, { targetPort: 8080 })])).toMatchObject([{ number: 80, targetPort: 8080 }]);
  });

  it.each([
    ['MESH022', []],
    ['MESH050', [MeshPort.http(80), MeshPort.grpc(80)]],
    ['MESH051', [MeshPort.http(80), MeshPort.http(81)]],
  ])('fail with %s', (code, ports) => {
    expect(codeOf(() => requirePorts('cart', ports))).toBe(code);
  });

  it('of another program say nothing of requests', () => {
    expect(codeOf(() => requireForeignPorts('cart', [MeshPort.http(80)]))).toBeUndefined();
    expect(codeOf(() => requireForeignPorts('cart', [MeshPort.http(80, { plaintext: 'old clients' })]))).toBe('MESH793');
  });
});

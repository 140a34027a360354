import { MeshPort, MTls } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('options of a port', () => {
  it('say what it asks of callers otherwise than the others', () => {
    expect(MeshPort.http(8080, { mtls: MTls.STRICT })._facts.mtls).toEqual({ mode: 'STRICT' });
    expect(MeshPort.http(8080)._facts).not.toHaveProperty('mtls');
  });

  it('fail where two of them say it', () => {
    const both = () => MeshPort.http(8080, { mtls: MTls.STRICT, plaintext: 'a webhook' });
    expectRefusal(both, { code: 'MESH837', path: 'MeshPort', fix: 'drop mtls', got: 'both plaintext and mtls' });
  });
});

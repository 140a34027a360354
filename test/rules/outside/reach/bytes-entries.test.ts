import { readCluster } from '../../../../lib/cluster/cluster';
import { servicesOf } from '../../../../lib/cluster/services/services';
import { sharedPorts, speakersOfHttp } from '../../../../lib/rules/outside/reach/bytes-entries';
import { raw } from '../../model-builder';
import { entry, kubernetesService } from './raw-outside';

const port = (number: number, protocol: string): string => `{ number: ${number}, name: p${number}, protocol: ${protocol} }`;

describe('ports on which bytes share a listener', () => {
  const shared = (yaml: string): number[] => servicesOf(readCluster(raw(yaml))).flatMap(sharedPorts);

  it('are those of protocols that name no host, of a ServiceEntry', () => {
    const ports = [port(1, 'TCP'), port(2, 'redis'), port(3, 'HTTP'), port(4, 'TLS'), port(5, 'HTTPS'), port(6, 'UDP')].join(', ');
    expect(shared(entry('db', ['db.example.com'], ports))).toEqual([1, 2]);
    expect(shared(kubernetesService('shop', 'db', '{ name: tcp, port: 1 }'))).toEqual([]);
  });

  it('are not those of single addresses, which have listeners of their own', () => {
    const at = (addresses: string): number[] => shared(entry('db', ['db.example.com'], port(1, 'TCP'), `, addresses: [${addresses}]`));
    expect([at('10.0.0.1'), at('10.0.0.1/32'), at('"fd00::1"'), at('"fd00::1/128"')]).toEqual([[], [], [], []]);
    expect([at('10.0.0.0/24'), at('10.0.0.1, 10.0.1.0/24'), at('')]).toEqual([[1], [1], [1]]);
  });
});

describe('who speaks HTTP on a port', () => {
  it('is who says so: of whom Istio guesses there is a listener of his own', () => {
    const yaml = [
      kubernetesService('shop', 'said', '{ name: grpc-api, port: 80 }'),
      kubernetesService('shop', 'guessed', '{ name: web, port: 80 }'),
      entry('api', ['api.example.com'], port(80, 'HTTP')),
      entry('db', ['db.example.com'], port(80, 'TCP')),
    ].join('---');
    expect(
      speakersOfHttp(readCluster(raw(yaml)))
        .get(80)
        ?.map(({ name }) => name),
    ).toEqual(['said', 'api']);
  });
});

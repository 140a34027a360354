import { renderServiceEntry } from '../../../lib/render/routes/service-entry';
import { other, TCP } from '../../rules/model-builder';

const ports = [443, 8443].map((number) => ({ ...TCP, appProtocol: 'tls', name: `tls-${number}`, number, targetPort: number }));
const cards = other('external', 'cards', { host: 'api.cards.example.com', ports });

describe('a ServiceEntry', () => {
  // NONE would leave it without the address that a waypoint needs, and HTTPS would have proxies look into what they cannot read.
  it('is a host outside, found by DNS, whose TLS passes through on each of its ports', () => {
    expect(renderServiceEntry(cards, ['.'])).toEqual({
      hosts: ['api.cards.example.com'],
      exportTo: ['.'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [
        { number: 443, name: 'tls-443', protocol: 'TLS' },
        { number: 8443, name: 'tls-8443', protocol: 'TLS' },
      ],
    });
  });

  it('has the protocol of each port, and leaves out what no proxy handles', () => {
    const [http, tcp, udp] = ['http', 'tcp', 'udp'].map((appProtocol, index) => ({
      ...ports[0],
      name: appProtocol,
      number: 80 + index,
      appProtocol,
    }));
    const party = { ...cards, ports: [{ ...http, targetPort: 443 }, { ...tcp, targetPort: 81 }, udp] };
    expect(renderServiceEntry(party, ['.'], { resolution: 'NONE', addresses: ['10.0.0.0/8'] })).toMatchObject({
      addresses: ['10.0.0.0/8'],
      resolution: 'NONE',
      ports: [
        { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443 },
        { number: 81, name: 'tcp', protocol: 'TCP' },
      ],
    });
  });

  it('is known to those namespaces alone that are named', () => {
    expect(renderServiceEntry(cards, ['.', 'payments']).exportTo).toEqual(['.', 'payments']);
  });
});

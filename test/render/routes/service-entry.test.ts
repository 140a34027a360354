import { renderServiceEntry } from '../../../lib/render/routes/service-entry';
import { other, TCP } from '../../rules/model-builder';

const ports = [443, 8443].map((number) => ({ ...TCP, name: `tls-${number}`, number, targetPort: number }));
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

  it('is known to those namespaces alone that are named', () => {
    expect(renderServiceEntry(cards, ['.', 'payments']).exportTo).toEqual(['.', 'payments']);
  });
});

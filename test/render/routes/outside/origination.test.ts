import { renderOrigination } from '../../../../lib/render/routes/outside/origination';
import { HTTP, other } from '../../../rules/model-builder';

const begun = { ...HTTP, name: 'http', number: 80, targetPort: 443, origination: {} };

describe('TLS with a host outside', () => {
  it('begins on the ports that ask for it, and on no other', () => {
    const rates = other('external', 'rates', { host: 'rates.example.com', ports: [begun, { ...HTTP, number: 8080 }] });
    const { host, exportTo, trafficPolicy } = renderOrigination(rates, ['.', 'shop']);
    expect({ host, exportTo }).toEqual({ host: 'rates.example.com', exportTo: ['.', 'shop'] });
    expect(trafficPolicy!.portLevelSettings!.map(({ port }) => port)).toEqual([{ number: 80 }]);
  });

  // Under a wildcard the name is that of each request, which proxies ask for and check where nobody says another.
  it('names no server under a wildcard', () => {
    const all = other('external', 'all', { host: '*.example.com', ports: [begun] });
    expect(renderOrigination(all, ['.']).trafficPolicy!.portLevelSettings).toEqual([
      { port: { number: 80 }, tls: { mode: 'SIMPLE', caCertificates: 'system' } },
    ]);
  });
});

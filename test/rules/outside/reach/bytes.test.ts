import { bytesPorts, hasNothingButName, hasOwnListeners, isSeenBySidecar, toldApart } from '../../../../lib/rules/outside/reach/bytes';
import { call, HTTP, namespaceState, other, service, TCP } from '../../model-builder';

const host = (parts: object = {}) => other('external', 'db', { host: 'db.example.com', ports: [TCP, HTTP], ...parts });

describe('bytes that are sent outside', () => {
  it('go to ports that carry no name', () => {
    expect(bytesPorts(host())).toEqual([5432]);
    expect([host(), host({ knownAddresses: [] }), host({ host: undefined }), service('db')].map(hasNothingButName)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('have a listener of their own at single addresses', () => {
    const blocks = [undefined, ['10.0.0.1/32'], ['fd00::1/128'], ['10.0.0.0/24'], ['fd00::/32']];
    expect(blocks.map((knownAddresses) => hasOwnListeners(host({ knownAddresses })))).toEqual([false, true, true, false, false]);
  });

  it('are seen by sidecars alone', () => {
    const [sidecar, ambient] = [service('web'), service('web', { namespace: namespaceState('shop', 'ambient') })];
    expect([sidecar, ambient].map((caller) => isSeenBySidecar(call(caller, host())))).toEqual([true, false]);
    expect(isSeenBySidecar(call(sidecar, service('product')))).toBe(false);
  });

  it('are told apart by addresses, unless something has to look names up', () => {
    expect(toldApart([host(), host({ knownAddresses: ['10.0.0.1/32'] })])).toContain('say the addresses');
    expect(toldApart([host(), host({ addresses: ['10.0.0.1/32'] })])).toContain('ExternalNetwork');
    expect(toldApart([host(), host({ through: {} })])).toContain('ambient mode');
  });
});

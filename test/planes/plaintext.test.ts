import { AMBIENT } from '../../lib/planes/ambient/ambient';
import { plaintextHop } from '../../lib/planes/plaintext';
import { hopsOf } from '../../lib/planes/plane-of';
import { SIDECAR } from '../../lib/planes/sidecar/sidecar';
import { ANYONE, call, namespaceState, service, waypointOf } from '../rules/model-builder';

const PORT = { name: 'https', number: 443, targetPort: 9443, appProtocol: 'https', readsHttp: false, plaintext: 'webhook' };

describe('a connection without mutual TLS', () => {
  it('comes from any address to the pods, past the waypoint, and shows nobody', () => {
    const behind = service('operator', { namespace: namespaceState('ops', 'ambient', { waypoint: waypointOf('ops') }) });
    const plaintext = call(ANYONE, behind, { ports: [PORT], plaintext: true });
    expect(hopsOf(plaintext)).toEqual([plaintextHop(plaintext)]);
    expect(plaintextHop(plaintext)).toMatchObject({
      from: { anywhere: true },
      networkPorts: [9443],
      enforcement: { anybody: true, ports: [9443], readsHttp: false, attachment: { selector: behind.podLabels } },
    });
  });

  it('is taken beside mutual TLS, but where a sidecar would wait for a client that waits for the server', () => {
    const mysql = { ...PORT, appProtocol: 'mysql' };
    expect([SIDECAR, AMBIENT].map((plane) => plane.plaintextMode(PORT))).toEqual(['PERMISSIVE', 'PERMISSIVE']);
    expect([SIDECAR, AMBIENT].map((plane) => plane.plaintextMode(mysql))).toEqual(['DISABLE', 'PERMISSIVE']);
  });
});

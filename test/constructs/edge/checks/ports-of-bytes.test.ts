import { portOfBytes } from '../../../../lib/constructs/edge/checks/ports-of-bytes';
import type { ListenerFacts } from '../../../../lib/model/edge/listener';

const listener = (kind: ListenerFacts['kind'], port: number): ListenerFacts =>
  ({ kind, port, name: `${kind}-${port}`, hosts: [] }) as unknown as ListenerFacts;

describe('portOfBytes', () => {
  it('is the port that a listener for bytes shares with one that reads requests', () => {
    expect(portOfBytes([listener('https', 443), listener('passthrough', 443)])).toBe(443);
  });

  it('is none where each has a port of its own, or the other only sends clients to HTTPS', () => {
    expect(portOfBytes([listener('https', 443), listener('tcp', 9000), listener('http', 80), listener('redirect', 80)])).toBeUndefined();
  });
});
